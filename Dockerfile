# docker build -t kalint . && docker run --rm -v "$PWD:/project:ro" kalint
FROM node:22-alpine AS build
WORKDIR /kalint
COPY . .
RUN npm ci --no-audit --no-fund && npm pack --silent

FROM node:22-alpine
COPY --from=build /kalint/kalint-*.tgz /tmp/
RUN npm install --global --no-audit --no-fund /tmp/kalint-*.tgz && rm /tmp/kalint-*.tgz
USER node
WORKDIR /project
ENTRYPOINT ["kalint"]
