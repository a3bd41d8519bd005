"""Papers: certificates, badges, attendance lists and QR codes, made of frozen data; no models, no database."""
