"""The press: from content/ to the files of the site, in one piece or not at all."""
