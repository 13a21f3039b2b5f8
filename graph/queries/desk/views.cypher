// Which views did this caller save or others share with all, last changed first?
MATCH (view:SavedView)
WHERE view.owner = $owner OR view.shared
WITH view ORDER BY view.updatedAt DESC, view.key LIMIT $limit
RETURN collect(view {.*, updatedAt: toString(view.updatedAt)}) AS rows
ORDER BY size(rows)
