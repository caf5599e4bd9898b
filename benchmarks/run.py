"""Every benchmark, one after the other: ``python -m benchmarks.run``."""

from benchmarks import evaluation, growth, layout, parse, review, startup


def main() -> None:
    """Run them; each prints its ratios."""
    for benchmark in (startup, parse, layout, evaluation, growth, review):
        print(f"\n{(benchmark.__doc__ or '').splitlines()[0]}")
        benchmark.main()


if __name__ == "__main__":
    main()
