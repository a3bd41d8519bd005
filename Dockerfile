# The portal in a container: no root, no compiler, installed from the hashed lock.
FROM python:3.11-slim

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PATH=/portal/.venv/bin:$PATH \
    DATA_DIR=/data STATIC_ROOT=/portal/static-built

RUN useradd --create-home --uid 10001 portal && install --directory --owner=portal /portal /data
USER portal
WORKDIR /portal

COPY --chown=portal .lock/run.txt .lock/run.txt
RUN python -m venv .venv \
    && pip install --no-cache-dir --disable-pip-version-check --no-deps --require-hashes -r .lock/run.txt

COPY --chown=portal . .
# Addresses that nothing answers: collecting files asks nobody.
RUN SECRET_KEY=build DATABASE_URL=postgresql://portal@database/portal REDIS_URL=redis://valkey \
    python manage.py collectstatic --noinput --verbosity 0

VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "cluster_portal.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", \
     "--threads", "4", "--preload", "--no-control-socket", "--graceful-timeout", "10", "--worker-tmp-dir", "/dev/shm"]
