"""Reference data that comes with the product: Centers, tariff, ports, disciplines, words."""
