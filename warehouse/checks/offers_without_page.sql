-- Every offer stands on a page that a visit stored.
SELECT page_digest, ordinal FROM offers ANTI JOIN pages USING (page_digest)
