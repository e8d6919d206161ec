"""Run inside `.venv-splink`: give every candidate pair of ads the probability that Splink's model gives it.

Reads a Parquet file of records (argument 1), writes one of (a, b, p) (argument 2). `pairs` lists the candidate
pairs that an ad is in, so that Splink weighs exactly the pairs that it is given. The model is Fellegi and
Sunter's, trained by expectation maximisation without labels, with term frequencies for wording and city.
"""

import sys
import time

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

LISTS = ("contacts", "names", "areas", "ages", "prices", "urls")


def settings():
    """Return the model: one comparison a kind of fact, none counted twice."""
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="ad",
        blocking_rules_to_generate_predictions=[block_on("pairs", arrays_to_explode=["pairs"])],
        comparisons=[
            *(cl.ArrayIntersectAtSizes(kind, [1]) for kind in LISTS),
            cl.ArrayIntersectAtSizes("photos", [2, 1]),
            cl.ExactMatch("template").configure(term_frequency_adjustments=True),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True),
        ],
        retain_intermediate_calculation_columns=False,
    )


def main():
    """Train, predict, and write."""
    began = time.perf_counter()
    records = duckdb.read_parquet(sys.argv[1]).to_arrow_table()
    api = DuckDBAPI()
    linker = Linker(
        api.register(records) if hasattr(api, "register") else records, settings(), log_level="ERROR"
    )
    sure = [block_on("contacts", arrays_to_explode=["contacts"])]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    # Expectation maximisation learns nothing of the column that it blocks on: two rounds, so that each is learnt.
    for kind in ("template", "city"):
        linker.training.estimate_parameters_using_expectation_maximisation(block_on(kind))
    found = linker.inference.predict(threshold_match_probability=0.001)
    table = found.as_duckdbpyrelation()
    table.select("ad_l AS a, ad_r AS b, match_probability AS p").write_parquet(sys.argv[2])
    print(f"{time.perf_counter() - began:.1f}")


if __name__ == "__main__":
    main()
