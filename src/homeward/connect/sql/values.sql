-- Which values does each ad say, once each? `place` is the ad's number in order of first being seen.
-- Readings below the confidence asked for say nothing here; they stay searchable.
SELECT ads.place AS place, mentions.kind AS kind, mentions.value AS value
FROM mentions
JOIN ads ON ads.capture = mentions.capture
CROSS JOIN least
WHERE mentions.confidence >= least.confidence
GROUP BY ads.place, mentions.kind, mentions.value
ORDER BY ads.place, mentions.kind, mentions.value
