# Front-end assets, then Python packages, then a small image without either tool chain.
FROM node:22-slim AS assets
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY static ./static
RUN node static/build.mjs

FROM python:3.11-slim AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements/production.lock /tmp/production.lock
RUN python -m venv /venv && /venv/bin/pip install --require-hashes -r /tmp/production.lock

FROM python:3.11-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=itsm.settings \
    ITSM_MODE=production \
    ITSM_HOME=/data \
    STATIC_ROOT=/app/staticfiles
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin itsm \
    && mkdir -p /data/media && chown -R itsm /data
WORKDIR /app
COPY --from=packages /venv /venv
COPY . .
COPY --from=assets /app/static/dist ./static/dist
# Neither step talks to a server; the values exist only while this line runs.
RUN export ITSM_MODE=local SECRET_KEY=build DATABASE_URL=postgresql://build@localhost/build \
      REDIS_URL=redis://localhost \
    && python manage.py messages --compile \
    && python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q .
USER itsm
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=40s CMD ["python", "deploy/probe.py"]
CMD ["gunicorn", "--config", "deploy/gunicorn.py", "itsm.wsgi:application"]
