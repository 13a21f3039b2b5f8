"""What tests say of code that is changed in one place: `make mutants`."""
