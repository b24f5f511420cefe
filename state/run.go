package state

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"vpclink/words"
)

// Run is one command that worked on the stack. It is kept under the key run/<n>.
type Run struct {
	N       int       `json:"-"` // from 1
	Command string    `json:"command"`
	Args    []string  `json:"args"`
	Begin   time.Time `json:"begin"`
	End     time.Time `json:"end,omitzero"`      // zero while it runs, and for good when it was cut off
	Outcome string    `json:"outcome,omitempty"` // the command's own word for how it ended, "" while it runs
	Refused []string  `json:"refused,omitempty"` // flags of it of which AWS did not take the value; set before EndRun
}

const runPrefix = "run/"

// BeginRun records that a command begins, and returns the run for EndRun.
func (j *Journal) BeginRun(command string, args []string) (Run, error) {
	j.mu.Lock()
	j.runs++
	run := Run{N: j.runs, Command: command, Args: args, Begin: time.Now().UTC()}
	j.mu.Unlock()
	return run, j.appendRun(run)
}

// EndRun records how a run ended.
func (j *Journal) EndRun(run Run, outcome string) error {
	if run.N < 1 {
		return words.New("ending a run that was not begun")
	}
	run.End, run.Outcome = time.Now().UTC(), outcome
	return j.appendRun(run)
}

// Runs returns all runs in their order, nil when there is none.
func (j *Journal) Runs() []Run {
	var runs []Run
	for _, rec := range j.records(func(rec Record) bool { return runNumber(rec.Key) > 0 }) {
		var run Run
		if json.Unmarshal(rec.Settings, &run) != nil {
			run = Run{} // a later vpclink may write it otherwise; that it ran is known all the same
		}
		run.N = runNumber(rec.Key)
		runs = append(runs, run)
	}
	return runs
}

func (j *Journal) appendRun(run Run) error {
	settings, err := NewSettings(run)
	if err != nil {
		return err
	}
	if err := j.Append(Record{Key: Key(runPrefix + strconv.Itoa(run.N)), Settings: settings}); err != nil {
		return words.Errorf("recording a run of %s: %w", run.Command, err)
	}
	return nil
}

// runNumber returns the number in a run's key, 0 for every other key.
func runNumber(key Key) int {
	digits, ok := strings.CutPrefix(string(key), runPrefix)
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

func lastRun(keys []Key) int {
	last := 0
	for _, key := range keys {
		last = max(last, runNumber(key))
	}
	return last
}
