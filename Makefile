# The commands of the paper. `make` alone lists them. Works with GNU make 3.81 and newer, on Linux, macOS and WSL.
#
# Paths may hold spaces. Texts that a person types (TITLE="It's 5 o'clock") reach the programs through the environment
# exactly as typed: neither make nor the shell looks inside them.

PY ?= python3
VENV ?= .venv
PELICAN ?= $(VENV)/bin/pelican
PELICANOPTS ?=

BASEDIR = $(CURDIR)
INPUTDIR = $(BASEDIR)/content
OUTPUTDIR = $(BASEDIR)/output
PUBLISHDIR = $(BASEDIR)/public
CONFFILE = $(BASEDIR)/pelicanconf.py
PUBLISHCONF = $(BASEDIR)/publishconf.py

PORT ?= 8000
SERVER ?= 0.0.0.0
FORMAT ?= text

GITHUB_PAGES_BRANCH ?= gh-pages
GITHUB_PAGES_REMOTE ?= origin
GITHUB_PAGES_COMMIT_MESSAGE ?= Publish the paper
GITHUB_PAGES_OPTS ?=

SSH ?= ssh
SSH_HOST ?=
SSH_PORT ?= 22
SSH_USER ?=
SSH_TARGET_DIR ?=
RSYNCOPTS ?=

S3_BUCKET ?=
S3OPTS ?=

TESTS ?=
PYTESTOPTS ?=
UPGRADE ?=

N ?= 10000
ROUNDS ?= 3
BENCHDIR ?= .bench

# `value` takes the text before make expands a `$` in it, `:=` keeps it so; what nobody gave stays out of the environment.
define carry
ifneq ($$(origin $(1)),undefined)
override $(1) := $$(value $(1))
export $(1)
endif
endef
$(foreach name,NOW STRICT SITEURL PRESS PRESS_JOBS VERIFY WHY PROFILE TITLE SECTION DATE STORY_LANG,$(eval $(call carry,$(name))))

# $(call quote,text): one word for the shell, whatever stands in it.
quote = '$(subst ','\'',$(1))'

python = $(call quote,$(VENV)/bin/python)
folders = --content $(call quote,$(INPUTDIR)) --output $(call quote,$(OUTPUTDIR)) --settings $(call quote,$(CONFFILE))
desk = $(python) -m plugins.desk
options = --log-handler plain $(if $(filter 1,$(DEBUG)),-D) $(PELICANOPTS)
environment = .ci/environment $(call quote,$(VENV)) $(call quote,$(PY)) $(if $(filter file default,$(origin PY)),default,chosen)
find_browser = CHROMIUM="$$($(python) tests/browser/find_browser.py)" && export CHROMIUM
pytest = $(python) -m pytest -n auto --dist worksteal $(PYTESTOPTS) $(TESTS)

.DEFAULT_GOAL := help

help: ## list these commands
	@awk 'BEGIN { FS = ":.*## " } /^##@ / { print "\n" substr($$0, 5) } /^[a-z0-9_-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo 'Add to a command: DEBUG=1  STRICT=1 (warnings fail)  WHY=1  PROFILE=1  NOW=2026-10-03T09:30  PORT=8001  SITEURL=https://…  PY=python3.12'

##@ Write
new: venv ## start a story: make new TITLE='Harvest fair' SECTION=community [DATE=…] [STORY_LANG=hy]
	@$(desk) new $(folders)

check: venv ## report every fault in the copy: make check [FORMAT=text|json|github]
	@$(desk) check --format $(call quote,$(FORMAT)) $(folders)

input:
	@test -d $(call quote,$(INPUTDIR)) || { echo "there is no folder $(INPUTDIR)" >&2; exit 1; }

datelines: venv ## print every dateline of the paper, for an editor's eye: make datelines [FORMAT=text|json]
	@$(desk) datelines --format $(call quote,$(FORMAT)) $(folders)

##@ See it
html: venv input ## build output/
	@$(call quote,$(PELICAN)) $(call quote,$(INPUTDIR)) -o $(call quote,$(OUTPUTDIR)) -s $(call quote,$(CONFFILE)) $(options)

regenerate: venv ## build output/ again after every change
	@$(desk) watch $(folders)

serve: venv ## build, show it to this machine at http://localhost:8000, build again after every change
	@$(desk) serve --bind 127.0.0.1 --port $(call quote,$(PORT)) $(folders)

serve-global: venv ## the same, for every machine on the network
	@$(desk) serve --bind $(call quote,$(SERVER)) --port $(call quote,$(PORT)) $(folders)

devserver: serve ## another name for serve

devserver-global: serve-global ## another name for serve-global

clean: ## remove output/ and public/
	@.ci/clean $(call quote,$(INPUTDIR)) $(call quote,$(OUTPUTDIR)) $(call quote,$(PUBLISHDIR))

##@ Publish
publish: venv input ## build public/ with publishconf.py: make publish SITEURL=https://courier.example
	@$(call quote,$(PELICAN)) $(call quote,$(INPUTDIR)) -o $(call quote,$(PUBLISHDIR)) -s $(call quote,$(PUBLISHCONF)) $(options)

github: publish ## publish, then push public/ to the branch gh-pages
	@$(call quote,$(VENV)/bin/ghp-import) --no-jekyll --push --message=$(call quote,$(GITHUB_PAGES_COMMIT_MESSAGE)) \
	  --branch=$(call quote,$(GITHUB_PAGES_BRANCH)) --remote=$(call quote,$(GITHUB_PAGES_REMOTE)) $(GITHUB_PAGES_OPTS) $(call quote,$(PUBLISHDIR))
	@echo $(call quote,public/ is on the branch $(GITHUB_PAGES_BRANCH) of $(GITHUB_PAGES_REMOTE))

# What to write to is asked for before anything is built.
rsync-target:
	@test -n $(call quote,$(SSH_HOST)) || { echo "SSH_HOST is missing. Try: make rsync_upload SSH_HOST=www.courier.example SSH_TARGET_DIR=/srv/courier" >&2; exit 1; }
	@case $(call quote,$(SSH_TARGET_DIR)) in ''|/|.|..|'~'|*/..) \
	  echo "SSH_TARGET_DIR must name the site's own folder on the server: everything else in it is deleted" >&2; exit 1;; esac
	@command -v rsync >/dev/null || { echo "rsync is not installed. On Debian: apt install rsync" >&2; exit 1; }

s3-target:
	@test -n $(call quote,$(S3_BUCKET)) || { echo "S3_BUCKET is missing. Try: make s3_upload S3_BUCKET=courier-example" >&2; exit 1; }
	@command -v aws >/dev/null || { echo "aws is not installed. See https://aws.amazon.com/cli/ (not into .venv: it cannot share one with Pelican)" >&2; exit 1; }

# Files go up beside the old ones, all change over at the end, and what is gone is deleted last.
# No times are sent: a file's time on the server changes when its text does, however fresh the checkout.
rsync_upload: rsync-target publish ## publish, then copy public/ to SSH_HOST:SSH_TARGET_DIR
	@rsync --rsh=$(call quote,$(SSH) -p $(SSH_PORT)) --recursive --links --perms --chmod=D755,F644 --compress --checksum \
	  --delay-updates --delete-delay $(RSYNCOPTS) $(call quote,$(PUBLISHDIR)/) $(call quote,$(if $(SSH_USER),$(SSH_USER)@)$(SSH_HOST):$(SSH_TARGET_DIR))

# Pictures and styles first, then the pages that name them, deletions last.
s3_upload: s3-target publish ## publish, then copy public/ to s3://S3_BUCKET
	@aws s3 sync $(call quote,$(PUBLISHDIR)) $(call quote,s3://$(S3_BUCKET)) --exclude '*.html' $(S3OPTS)
	@aws s3 sync $(call quote,$(PUBLISHDIR)) $(call quote,s3://$(S3_BUCKET)) --delete $(S3OPTS)

##@ Work on the code
test: venv-dev ## run the quick tests: make test [TESTS=tests/test_datelines.py]
	@$(find_browser) && $(pytest) -m 'not slow'

test-all: venv-dev ## run every test, the slow ones too
	@$(find_browser) && $(pytest)

validate: html ## build output/, and let the Nu HTML checker read every page of it (needs java and npm)
	@$(python) tests/validate_pages.py $(call quote,$(OUTPUTDIR))

bench: venv ## measure builds beside other generators, and write docs/performance.md: make bench [N=10000] [ROUNDS=3]
	@$(python) -m bench --stories $(call quote,$(N)) --rounds $(call quote,$(ROUNDS)) --folder $(call quote,$(BENCHDIR))

lint: venv-dev ## check the code's style and types
	@$(python) -m ruff check
	@$(python) -m ruff format --check
	@$(python) -m mypy

format: venv-dev ## lay the code out, mend what can be mended by itself
	@$(python) -m ruff check --fix
	@$(python) -m ruff format

schema: venv ## write the front-matter reference from the code
	@$(desk) schema $(folders)

messages: venv ## collect the house's words from templates and plugins into theme/locale/*.po
	@$(desk) messages $(folders)

# uv asks the registry alone for the files' hashes: --no-config and the empty variables keep a mirror's address out.
lock: venv-dev ## pin and hash requirements*.in: make lock [UPGRADE=1]
	@for list in requirements requirements-dev; do \
	  env -u UV_INDEX -u UV_INDEX_URL -u UV_DEFAULT_INDEX -u UV_EXTRA_INDEX_URL -u UV_FIND_LINKS \
	  $(call quote,$(VENV)/bin/uv) pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade) \
	  $$list.in --output-file $$list.txt || exit 1; \
	done

venv:
	@$(environment) requirements.txt

venv-dev:
	@$(environment) requirements-dev.txt

# One thing after the other, with -j too: two commands may want to fill the same virtualenv.
.NOTPARALLEL:

.PHONY: help new check datelines html regenerate serve serve-global devserver devserver-global clean publish github \
  rsync-target rsync_upload s3-target s3_upload test test-all validate bench lint format schema messages lock input venv venv-dev
