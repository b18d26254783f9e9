# The notebooks in JupyterLab, on the CPU; docs/hosts.md tells how to build and start it.
# Binder builds it too; it names the user, and starts JupyterLab by itself.
FROM debian:12-slim

RUN apt-get update \
    && apt-get install -y git openjdk-17-jdk-headless maven python3-venv \
    && rm -rf /var/lib/apt/lists/*

ARG NB_USER=reader
ARG NB_UID=1000
RUN useradd --create-home --shell /bin/bash --uid ${NB_UID} ${NB_USER}
USER ${NB_USER}
ENV HOME=/home/${NB_USER} LANG=C.UTF-8
RUN mkdir ${HOME}/journey
WORKDIR ${HOME}/journey
COPY --chown=${NB_UID} . .
# In the end for any processor with AVX2, as the image may run on another than it was built on;
# environment/lab then turns to the natives that fit.
RUN environment/setup && ONEDNN_MAX_CPU_ISA=AVX2 environment/setup
ENV PATH=${HOME}/journey/.venv/bin:${PATH}

EXPOSE 8888
CMD ["environment/lab", "--ip=0.0.0.0", "--port=8888", "--no-browser"]
