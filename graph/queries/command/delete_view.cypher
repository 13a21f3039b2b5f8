// Forget this view.
MATCH (view:SavedView {key: $key})
DELETE view
