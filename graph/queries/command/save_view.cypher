// Keep this view as it is given.
MERGE (view:SavedView {key: $key})
SET view += $properties
RETURN view.key AS key
