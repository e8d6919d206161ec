-- Wordings that may be alike: in every bucket (one band hash) a wording meets the first few of the bucket
-- and the ones just before it. `place` is the wording's number, earliest first; linear in wordings.
WITH bucket AS (
    SELECT
        band,
        place,
        first_value(place) OVER whole AS first_1,
        nth_value(place, 2) OVER whole AS first_2,
        nth_value(place, 3) OVER whole AS first_3,
        nth_value(place, 4) OVER whole AS first_4,
        lag(place, 1) OVER in_order AS before_1,
        lag(place, 2) OVER in_order AS before_2
    FROM buckets
    WINDOW
        whole AS (PARTITION BY band ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING),
        in_order AS (PARTITION BY band ORDER BY place)
),
pairs AS (
    SELECT first_1 AS a, place AS b FROM bucket
    UNION ALL SELECT first_2, place FROM bucket
    UNION ALL SELECT first_3, place FROM bucket
    UNION ALL SELECT first_4, place FROM bucket
    UNION ALL SELECT before_1, place FROM bucket
    UNION ALL SELECT before_2, place FROM bucket
)
SELECT a, b
FROM pairs
WHERE a < b
GROUP BY a, b
ORDER BY a, b
