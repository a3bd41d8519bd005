"""Writes the documents of invented files: one-page PDFs that say that they are a demonstration."""

import hashlib
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from members.models import AdhesionDocument, AdhesionRequest, DocumentType
from members.rules.text import fold


def page(lines: list[str]) -> bytes:
    """A PDF of one page with these lines, in letters that every reader of PDF has."""
    plain = [fold(line).upper().replace("\\", "").replace("(", "").replace(")", "") for line in lines]
    text = "BT /F 13 Tf 60 760 Td 24 TL " + " ".join(
        f"({line.encode('ascii', 'replace').decode()}) Tj T*" for line in plain
    )
    stream = f"{text} ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    body = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    trailer = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + trailer


def attach(request: AdhesionRequest, codes: list[str]) -> None:
    """Put a document of each of these types into the file."""
    today = timezone.localdate()
    for index, kind in enumerate(DocumentType.objects.filter(code__in=codes).order_by("position")):
        content = page(["DEMONSTRAȚIE / DEMONSTRATION", "", kind.name_ro, request.organisation.legal_name])
        document = AdhesionDocument(
            request=request,
            kind=kind,
            original_name=f"{kind.code.replace('_', '-')}.pdf",
            content_type="application/pdf",
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            issued_on=today - timedelta(days=8 + 3 * index),
            uploaded_by=request.applicant,
        )
        document.file.save(f"{kind.code}.pdf", ContentFile(content), save=True)
