"""What people do with requests, complaints and orders: listed once, each made into facts."""
