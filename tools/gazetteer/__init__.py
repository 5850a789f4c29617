"""Makes the generated tables of `tables/places/` from the State codifier, GeoNames and word lists."""
