"""What JupyterLab does here unless its command line says otherwise."""

import os

c = get_config()  # noqa: F821  Jupyter defines it.
c.ServerApp.ip = "localhost"
c.ServerApp.allow_root = True  # As in a container; the server still listens to this machine only.
c.ServerApp.root_dir = os.environ["JOURNEY_NOTEBOOKS"]
c.MultiKernelManager.default_kernel_name = "java"
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
