"""What a signed-in reader keeps of the library: favourites, notes, a reading list on paper. Nobody else sees it."""
