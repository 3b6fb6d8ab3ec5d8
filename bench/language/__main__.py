"""Report how well the Danish analyser does on its yardstick: `python -m bench.language`."""

from bench.language import ours, plain, rows, score_pairs, score_terms


def main() -> None:
    """Print precision and recall per half, for our analyser and for simplemma alone, and every difference."""
    print(f"{'half':10} {'measure':8} {'analyser':10} precision  recall")
    for half, name in ((0, "tuning"), (1, "held out")):
        for measure, score in (("terms", score_terms), ("pairs", score_pairs)):
            for analyser, give in (("medspil", ours), ("simplemma", plain)):
                result = score(rows(half), give)
                print(f"{name:10} {measure:8} {analyser:10} {result.precision:9.3f} {result.recall:7.3f}")
    for half, name in ((0, "tuning"), (1, "held out")):
        print(f"\nDifferences, {name}:")
        for row in rows(half):
            if ours(row.word) != row.expected:
                print(f"  {row.word}: {sorted(ours(row.word))} instead of {sorted(row.expected)}")


if __name__ == "__main__":
    main()
