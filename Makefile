# Everything a person or a build server does with vpclink. `make help` prints the targets.

VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null)
PATTERN ?= tgw# what demo, killed and faults run
VPCS    ?= a,b,c
CHECKS  ?= 1000# how many cases random draws
TARGET  ?= sim# what contract runs on

# Without the symbol table and DWARF, and nothing inlined in libraries: they wait for a network or run once, and the program is
# 1.6 MB smaller. This is what is shipped, and what size_test.go weighs.
RELEASE = -trimpath -gcflags=github.com/...=-l -ldflags="-s -w$(if $(VERSION), -X main.version=$(VERSION))"

# Pinned, so that a new linter never fails an old commit. Named by version, so that a new pin is installed.
LINT_VERSION = v2.15.0
LINT         = bin/golangci-lint-$(LINT_VERSION)

.DEFAULT_GOAL := build
.PHONY: build test race lint fmt cover golden docs kill random promises killed bench demo localstack moto emulated contract boto3 faults check help

build: ## the program, as released: bin/vpclink
	CGO_ENABLED=0 go build $(RELEASE) -o bin/vpclink ./cmd/vpclink

test: ## all tests that need no service, with the race detector
	CGO_ENABLED=1 go test -race -timeout 25m ./...

race: ## the quick tests five times over, for what shows up rarely
	CGO_ENABLED=1 go test -race -short -count=5 ./...

lint: $(LINT) ## golangci-lint over everything, formatting too
	$(LINT) run --allow-parallel-runners ./...
	$(LINT) fmt --diff

fmt: $(LINT) ## formats the Go files: gofumpt, and gci for the order of imports
	$(LINT) fmt

cover: ## coverage per package, and cover.html line by line
	@mkdir -p bin
	go test -short -coverprofile=bin/cover.out ./...
	go tool cover -html=bin/cover.out -o bin/cover.html

golden: ## writes the golden files anew; look at the difference before you commit it
	go test ./state ./cmd/vpclink ./cmd/vpclink/ui -update
	go test ./steps -run TestFidelity -update

docs: ## writes anew what is made of other files: words/ja.json.gz, advise/*.json, docs/cli, docs/man, docs/fidelity.md, docs/patterns.md
	go test ./words -run TestTable -update
	go test ./cmd/vpclink -run TestCLIDocs -update
	go test ./steps -run TestFidelity -update
	go test ./advise -run TestData -update
	go test ./advise -run TestPages -update

# What tests print of themselves: how they end, why one fails, and how many points they tried.
FIGURES = grep -vE '^ *(===|--- PASS)'

kill: ## every point at which a run can be killed, lose an answer or its journal, up and down
	bash -o pipefail -c "go test ./provision -run 'TestKill|TestLostAnswers|TestOlderJournal$$' -kill.all -count=1 -v -timeout 60m | $(FIGURES)"

random: ## random runs of random labs, and random damage to journals: CHECKS of them, what fails is kept in testdata/rapid
	go test ./provision -run TestRandomRuns -rapid.checks=$(CHECKS) -count=1 -timeout 120m
	go test ./state -run 'TestAnyDamageIsRefused|TestACutJournalGoesOn|TestEveryPrefix' -rapid.checks=$(CHECKS) -count=1 -timeout 60m

# Each promise of docs/reliability.md that kill and random do not hold already.
PROMISES = 'TestWhatIsLeftOut|TestDrift|TestOneIsDeleted|TestAllIsDeleted|TestMending|TestWhatStrangersHang|TestTheDisk|TestTheClock|TestRebuild|TestFromTags|TestVPCsThatAreThere|TestADefaultRoute|TestDefaultRoutes|TestAnInstanceThatStops|TestWhatIsOnItsWay|TestAMendThatFailed|TestWhatMayNotBeRead|TestKeptOrdeals|TestTwoProcesses|TestADeadHolders'

promises: kill random ## every promise of docs/reliability.md with its figures: kill and random, and what the tables name
	go test ./cmd/vpclink -run 'TestScripts/(change|disk)$$' -count=1
	bash -o pipefail -c "go test ./provision ./state ./cmd/vpclink -run $(PROMISES) -count=1 -v -timeout 60m | grep -vE '^ *===|^ +--- (PASS|SKIP)'"

killed: build ## kill -9 of the real program in the middle of a run, then down
	scripts/killed.sh bin/vpclink $(PATTERN) $(VPCS)

bench: ## the figures of docs/performance.md: wall over longest path, calls, memory, 100 and 1,000 VPCs, start
	go test ./provision ./cmd/vpclink . -run '^$$' -bench . -benchtime 1x -p 1 -timeout 30m

demo: build ## the main job on the simulator: up, status, up again, down (PATTERN=tgw VPCS=a,b,c)
	scripts/demo.sh bin/vpclink $(PATTERN) $(VPCS)

localstack: build ## starts LocalStack without Docker (from pip), for --target localstack
	localstack/start-localstack.sh bin/localstack

moto: build ## starts moto's server (from pip), for --target moto
	localstack/start-moto.sh bin/moto

emulated: ## the whole lab on LocalStack and on moto, which make localstack and make moto started
	VPCLINK_TEST_LOCALSTACK=http://127.0.0.1:4566 VPCLINK_TEST_MOTO=http://127.0.0.1:5555 \
		go test ./cmd/vpclink -run OnEmulators -count=1 -v

contract: ## the same cases of every kind on one target: TARGET=sim|localstack|moto
	go test ./steps -run TestContract -target=$(TARGET) -count=1 -v

boto3: build bin/boto3/ok ## boto3 and the AWS CLI (from pip) against the served simulator
	bin/boto3/bin/python scripts/boto3_test.py bin/vpclink

faults: ## the real program behind a proxy that spoils each of its calls in turn, on the simulator (and VPCLINK_TEST_MOTO)
	go test ./cmd/vpclink -run TestFaults -faults.all -faults.pattern=$(PATTERN) -parallel 8 -count=1 -v -timeout 150m

check: ## what a build server runs: lint, tests, the real program through the lab
	.ci/run

help: ## prints this
	@grep -hE '^[a-z0-9]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9]+):.*## /\1\t/' | expand -t 12

$(LINT):
	GOBIN=$(CURDIR)/bin go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	mv bin/golangci-lint $@

# Pinned together, since each boto3 and each AWS CLI wants one certain botocore.
bin/boto3/ok:
	python3 -m venv bin/boto3
	bin/boto3/bin/pip install --quiet boto3==1.43.11 awscli==1.45.11
	touch $@
