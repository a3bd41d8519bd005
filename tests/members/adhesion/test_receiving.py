"""Uploads as they come over the wire: what is far too large is thrown away, a full disk is a sentence."""

from __future__ import annotations

import resource
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http.multipartparser import MultiPartParser

from cluster_portal.common.uploads import UploadRefused, check_document
from cluster_portal.common.uploads.receiving import CAP, Capped, Spilled
from tests.members.adhesion import corpus

MEGABYTE = 1024 * 1024
BORDER = "----------border"


def received(content: bytes) -> UploadedFile[Any]:
    """What a form gets of a file that was sent."""
    head = f'--{BORDER}\r\nContent-Disposition: form-data; name="file"; filename="act.pdf"\r\n\r\n'.encode()
    body = head + content + f"\r\n--{BORDER}--\r\n".encode()
    meta = {"CONTENT_TYPE": f"multipart/form-data; boundary={BORDER}", "CONTENT_LENGTH": str(len(body))}
    handlers = [Capped(), MemoryFileUploadHandler(), Spilled()]
    _post, files = MultiPartParser(meta, BytesIO(body), handlers).parse()
    return files["file"]  # type: ignore[return-value]


@pytest.mark.parametrize("size", [100, 3 * MEGABYTE, 14 * MEGABYTE])
def test_a_file_within_the_limits_arrives_whole(size: int) -> None:
    content = corpus.pdf(b"x" * size)
    upload = received(content)
    assert upload.read() == content
    assert check_document(upload).content_type == "application/pdf"
    upload.close()


def test_of_a_file_far_too_large_little_is_kept_and_the_form_says_why() -> None:
    upload = received(corpus.pdf(b"x" * 60 * MEGABYTE))
    assert upload.size is not None and CAP < upload.size < CAP + MEGABYTE
    with pytest.raises(UploadRefused, match="file_too_large"):
        check_document(upload)
    upload.close()


def test_a_full_temporary_disk_is_a_sentence() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (MEGABYTE, hard))
    try:
        upload = received(corpus.pdf(b"x" * 5 * MEGABYTE))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    with pytest.raises(UploadRefused, match="disk_full"):
        check_document(upload)
