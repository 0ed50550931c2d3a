# The bot with both platforms; tokens come from the environment, see docs/settings.md.
FROM python:3.12-slim AS build

WORKDIR /build
COPY requirements-image.txt ./
RUN python -m venv /venv \
    && /venv/bin/python -m pip install --no-cache-dir --require-hashes -r requirements-image.txt
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY bot ./bot
COPY faq_data ./faq_data
COPY migrations ./migrations
RUN /venv/bin/python -m pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.12-slim

RUN useradd --uid 10001 --create-home faqbot \
    && install --directory --owner=faqbot /data
COPY --from=build /venv /venv
# With the limits of malloc, what the encoder needed only to open goes back to the system: 16 of 224 MB.
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MALLOC_ARENA_MAX=2 \
    MALLOC_TRIM_THRESHOLD_=131072 \
    FAQBOT_DATABASE_URL=sqlite:////data/faq.db \
    FAQBOT_SPOOL=/data/spool \
    FAQBOT_LOG_FORMAT=json
USER 10001
WORKDIR /data
VOLUME /data
# Ends within ten seconds of SIGTERM, so Docker need not kill it.
STOPSIGNAL SIGTERM
ENTRYPOINT ["faqbot"]
CMD ["run"]
