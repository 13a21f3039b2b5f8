// What does this caller's view say, now that nobody else may change it?
MATCH (view:SavedView {key: $key})
WHERE view.owner = $owner OR view.shared
SET view._lock = true
REMOVE view._lock
RETURN view.key AS key, labels(view) AS labels, view {.*} AS properties
