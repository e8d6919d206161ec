-- When was each ad first and last seen, and in which order do ads come? Every clock of the ad and of its
-- sightings counts; an ad without any clock comes last. The order decides ids, so ties go by the ad's key.
WITH clocks AS (
    SELECT ad, posted_at AS clock FROM ads
    UNION ALL SELECT ad, seen_at FROM ads
    UNION ALL SELECT ad, posted_at FROM sightings
    UNION ALL SELECT ad, seen_at FROM sightings
),
seen AS (
    SELECT ad, min(clock) AS first_seen, max(clock) AS last_seen
    FROM clocks
    GROUP BY ad
)
SELECT ads.place, seen.first_seen, seen.last_seen
FROM ads
JOIN seen ON seen.ad = ads.ad
ORDER BY seen.first_seen NULLS LAST, ads.ad
