-- A name that says nothing to the taxonomy may be a house name for a plain massage, or something else altogether.
SELECT v.price_no, format('"{}" is no name that the taxonomy knows', v.service) AS reason
FROM unflagged AS v
JOIN offers AS o ON o.page_digest = v.page_digest AND o.ordinal = v.ordinal
WHERE list_contains(o.flags, 'name not in the taxonomy')
