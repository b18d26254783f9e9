"""environment/bench: measures how fast the library is, and writes a report."""

import argparse

from bench import FOLDER, accuracy, conditions, report, saved
from bench.settings import Settings
from journey_tools import console, project
from journey_tools.project import Problem

# Parts that are asked for by an option of the part cnn, and the parts that can be named.
_OF_CNN = ("busy", "accuracy")
_PARTS = [part for part in report.PARTS if part not in _OF_CNN]


def main(arguments: list[str]) -> int:
    """The command `environment/bench`."""
    return _bench(parsed(arguments))


def parsed(arguments: list[str]) -> argparse.Namespace:
    """The options; all parts but the long one if none is named."""
    parser = _parser()
    options = parser.parse_args(arguments)
    unknown = [part for part in options.parts if part not in _PARTS]
    if unknown:
        parser.error(f'there is no part "{unknown[0]}"; there are {", ".join(_PARTS)}')
    asked = [part for part in _OF_CNN if vars(options)[part]]
    if asked and options.parts != ["cnn"]:
        parser.error(f"--{asked[0]} goes with cnn: environment/bench cnn --{asked[0]}")
    if len(asked) > 1:
        parser.error("--busy and --accuracy are measured one at a time")
    if options.without_deeplearning4j and options.parts != ["cnn"]:
        parser.error("--without-deeplearning4j goes with cnn")
    for name in ("fresh", "width", "seeds"):
        if getattr(options, name) is not None and not options.accuracy:
            parser.error(f"--{name} goes with --accuracy")
    if options.width is not None and options.width < 1:
        parser.error(f"--width is {options.width}; it must be at least 1")
    if options.seeds is not None and not 1 <= options.seeds <= accuracy.MOST_SEEDS:
        parser.error(f"--seeds is {options.seeds}; it must be from 1 to {accuracy.MOST_SEEDS}")
    if options.save and options.quick:
        parser.error("--quick measures too little to --save it")
    if options.repetitions < 1:
        parser.error(f"--repetitions is {options.repetitions}; it must be at least 1")
    options.parts = [part for part in _PARTS if part in (options.parts or _PARTS)]
    if asked:
        options.parts = asked
    return options


def _parser() -> argparse.ArgumentParser:
    listed = "\n".join(f"  {name:10} {report.PARTS[name].__doc__}" for name in _PARTS)
    parser = argparse.ArgumentParser(
        prog="environment/bench",
        usage="environment/bench [-h] [--quick] [--repetitions N] [--isa avx2] [--save]"
        " [PART ...]\n"
        "       environment/bench [--quick] [--repetitions N] [--isa avx2] [--save] cnn\n"
        "           [--without-deeplearning4j | --busy]\n"
        "       environment/bench [--quick] [--isa avx2] [--save] cnn --accuracy [--fresh]\n"
        "           [--width N] [--seeds N]",
        description="Measures how fast the library is, in all parts or those named, on two threads:"
        f"\n\n{listed}\n\nWrites build/bench/report.md and report.json. Takes about half an hour;"
        "\nthe machine should do nothing else meanwhile. The part cnn first installs PyTorch into a"
        "\nfolder of its own; that takes 6 GB.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("parts", nargs="*", metavar="PART")
    parser.add_argument(
        "--quick", action="store_true", help="only see whether everything runs, in a few minutes"
    )
    parser.add_argument(
        "--repetitions",
        type=int,
        default=7,
        metavar="N",
        help="how often whole epochs and CNNs are timed (default: %(default)s)",
    )
    parser.add_argument(
        "--isa",
        choices=["avx2"],
        help="hold all to these instructions, as on a processor without AVX-512",
    )
    parser.add_argument(
        "--without-deeplearning4j",
        action="store_true",
        help="with cnn: leave out Deeplearning4j's own ways, which take most of the time",
    )
    parser.add_argument(
        "--busy",
        action="store_true",
        help="with cnn, instead of its speed at rest: what is left of it while another process"
        " keeps a processor busy, beside PyTorch; ten minutes",
    )
    parser.add_argument(
        "--accuracy",
        action="store_true",
        help="with cnn, instead of its speed: how long the fast CNN trains and how good it gets,"
        " beside PyTorch; two hours",
    )
    parser.add_argument(
        "--width",
        type=int,
        metavar="N",
        help="with --accuracy: filters of the first group (default: 64)",
    )
    parser.add_argument(
        "--seeds",
        type=int,
        metavar="N",
        help="with --accuracy: how many trainings of each (default: 3)",
    )
    parser.add_argument(
        "--fresh",
        action="store_const",
        const=True,
        help="with --accuracy: train again what has finished before",
    )
    parser.add_argument(
        "--save",
        action="store_true",
        help="keep the report in src/bench/python/reports, and show it in docs/performance.md",
    )
    return parser


def settings(options: argparse.Namespace) -> Settings:
    """How much these options ask for."""
    if options.quick:
        return Settings.quick()
    return Settings.full(
        options.repetitions,
        options.width or 64,
        options.seeds or 3,
        not options.without_deeplearning4j,
    )


def _bench(options: argparse.Namespace) -> int:
    conditions.pin()
    if options.isa:
        conditions.hold_to_avx2()
    if options.fresh:
        accuracy.forget()
    measured = {part: report.PARTS[part].measure(settings(options)) for part in options.parts}
    report.write(measured)
    console.say("\n" + report.markdown(measured))
    console.say(f"The report: {project.relative(FOLDER / 'report.md')}, and report.json")
    found = report.problems(measured)
    if found:
        raise Problem("The figures do not compare equal work:\n" + "\n".join(found))
    if options.save:
        file = saved.HERE.save(measured)
        console.say(f"Saved to {project.relative(file)}, docs/performance.md and README.md")
    return 0
