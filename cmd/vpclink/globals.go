package main

import (
	"math"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"vpclink/cloud"
	"vpclink/cmd/vpclink/ui"
	"vpclink/sim"
	"vpclink/state"
	"vpclink/words"
)

// The values of flags that are compared by name.
const (
	outputText, outputJSON   = "text", "json"
	quotasRaised, quotasAWS  = "raised", "aws"
	limitsOn, limitsOff      = "on", "off"
	flagStack, flagStateDir  = "stack", "state-dir"
	flagTarget, flagRegion   = "target", "region"
	flagEndpoint             = "endpoint-url"
	flagProfile, flagTimeout = "profile", "timeout"
	flagSettle, flagSpeed    = "settle", "sim-speed"
	flagQuotas, flagLimits   = "sim-quotas", "sim-limits"
	flagLang, flagColor      = "lang", "color"
	colorAuto, colorAlways   = "auto", "always"
	colorNever               = "never"
)

// globals are the flags that every command has.
type globals struct {
	stack, stateDir string

	target, region, profile string
	targetGiven             bool   // by a flag, or by the stack
	endpoint                string // "" unless a flag or the stack gives it
	simSpeed                float64
	simQuotas, simLimits    string
	simGiven                string // the first flag of the simulator that this command was given, "" when none

	progress, output, lang, color string
	yes, debug                    bool
	timeout, settle               time.Duration
}

func (g *globals) register(flags *pflag.FlagSet, l words.Language) {
	g.lang, g.color = string(words.English), colorAuto
	g.target, g.simQuotas, g.simLimits, g.progress, g.output = targetAWS, quotasRaised, limitsOn, ui.Auto, outputText
	flags.StringVarP(&g.stack, flagStack, "s", "", l.Say("`name` of the stack (default: the pattern's for up, else the only one)"))
	flags.StringVar(&g.stateDir, flagStateDir, "", l.Say("`folder` of the state (default: $VPCLINK_STATE_DIR, else vpclink in $XDG_STATE_HOME or ~/.local/state)"))
	flags.Var(oneOf(&g.target, targets()...), flagTarget, l.Say("where: AWS, LocalStack, moto, or the built-in simulator; a stack stays where it is"))
	flags.StringVar(&g.endpoint, flagEndpoint, "", l.Say("`URL` of a LocalStack or moto server; which of them answers is found out (default: $AWS_ENDPOINT_URL, else the target's usual one)"))
	flags.StringVar(&g.region, flagRegion, "", l.Say("AWS `region` (default: the environment's; on sim %s)", cloud.DefaultRegion))
	flags.StringVar(&g.profile, flagProfile, "", l.Say("AWS `profile`; on sim 12 digits are an account"))
	flags.Float64Var(&g.simSpeed, flagSpeed, 60, l.Say("simulated seconds in a second"))
	flags.Var(oneOf(&g.simQuotas, quotasRaised, quotasAWS), flagQuotas, l.Say("quotas of the simulated account: raised, or AWS's defaults"))
	flags.Var(oneOf(&g.simLimits, limitsOn, limitsOff), flagLimits, l.Say("whether the simulator throttles calls as AWS does"))
	flags.Var(oneOf(&g.progress, ui.Modes()...), "progress", l.Say("how progress is shown on stderr; auto is tty on a terminal, else plain"))
	flags.VarP(oneOf(&g.output, outputText, outputJSON), "output", "o", l.Say("form of the result on stdout"))
	flags.Var(oneOf(&g.lang, words.Languages()...), flagLang, l.Say("language of what people read; JSON is in English always (default: $VPCLINK_LANG, else en)"))
	flags.Var(oneOf(&g.color, colorAuto, colorAlways, colorNever), flagColor, l.Say("colours in the live view; auto has them unless $NO_COLOR is set"))
	flags.BoolVarP(&g.yes, "yes", "y", false, l.Say("do not ask"))
	flags.BoolVar(&g.debug, "debug", false, l.Say("tell every call to AWS on stderr: action, time, answer and request ID, and no secrets"))
	flags.DurationVar(&g.timeout, flagTimeout, time.Hour, l.Say("give up after this `time`, all in all"))
	flags.DurationVar(&g.settle, flagSettle, 0, l.Say("`time` after which an effect that was not seen is believed not to have come (default: 30s at the target's speed)"))
}

// check refuses values that their types allow, and those of the environment.
func (g *globals) check(flags *pflag.FlagSet, env func(string) string) error {
	g.targetGiven = flags.Changed(flagTarget)
	for _, name := range []string{flagLimits, flagQuotas, flagSpeed} {
		if flags.Changed(name) {
			g.simGiven = name
		}
	}
	lang := env("VPCLINK_LANG")
	switch {
	case lang != "" && !flags.Changed(flagLang) && !slices.Contains(words.Languages(), lang):
		return usage("export VPCLINK_LANG="+string(words.English), "VPCLINK_LANG %q: vpclink speaks %s", lang, strings.Join(words.Languages(), ", "))
	case flags.Changed(flagEndpoint) && g.endpoint == "":
		return usage("", "--endpoint-url is empty: give a URL like http://127.0.0.1:4566, or leave the flag out")
	case flags.Changed(flagStack) && g.stack == "":
		return usage("", "--stack is empty: give the name of a stack, or leave the flag out")
	case flags.Changed(flagStateDir) && g.stateDir == "":
		return usage("", "--state-dir is empty: give a folder, or leave the flag out")
	case g.debug && g.progress == ui.JSON:
		return usage("", "--debug and --progress json both write to stderr: leave one of the two out")
	case flags.Changed(flagRegion) && g.region == "":
		return usage("", "--region is empty: give a region, or leave the flag out")
	case flags.Changed(flagProfile) && g.profile == "":
		return usage("", "--profile is empty: give a profile, or leave the flag out")
	case g.timeout <= 0:
		return usage("", "--timeout %s: it is a time above 0, like 90s, 5m or 1h", g.timeout)
	case g.settle < 0:
		return usage("", "--settle %s: it is a time, like 30s", g.settle)
	case !(g.simSpeed > 0) || math.IsInf(g.simSpeed, 0): // NaN is neither above 0 nor below
		return usage("", "--sim-speed %v: it is a number above 0", g.simSpeed)
	}
	if g.region != "" {
		if err := checkRegion(g.region); err != nil {
			return err
		}
	}
	if g.stack != "" {
		return state.CheckStackName(g.stack)
	}
	return nil
}

func (g *globals) dir(a *app) (string, error) { return state.Dir(g.stateDir, a.env) }

func (g *globals) json() bool { return g.output == outputJSON }

func (g *globals) simOptions() sim.Options {
	o := sim.Options{Speed: g.simSpeed, Quotas: sim.QuotasRaised, NoLimits: g.simLimits == limitsOff}
	if g.simQuotas == quotasAWS {
		o.Quotas = sim.QuotasAWS
	}
	return o
}

// simDir is where the simulator's world is kept.
func simDir(stateDir string) string { return filepath.Join(stateDir, "sim") }

// next returns a command to type next: with the state folder, when that is not the usual one.
func (g *globals) next(words ...string) string {
	text := "vpclink " + strings.Join(words, " ")
	if g.stateDir != "" {
		text += " --state-dir " + typed(g.stateDir)
	}
	return text
}
