# The same commands as in package.json, for hands that type make.
.PHONY: demo test start bench lint build services
demo test start services:
	npm run $@
bench:
	npm run -s bench -- deploy --nodes 100
lint:
	npm run format:check && npm run lint && npm run boundaries && npm run typecheck
build:
	npm run build
