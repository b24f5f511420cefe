package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"

	"vpclink/sim"
	"vpclink/state"
)

// objectsJSON is the result of sim ls.
type objectsJSON struct {
	Version int          `json:"vpclink"`
	Objects []objectJSON `json:"objects"`
}

type objectJSON struct {
	Account string `json:"account"`
	Region  string `json:"region"`
	Kind    string `json:"kind"`
	ID      string `json:"id"`
	Name    string `json:"name"`
	State   string `json:"state"`
}

func (a *app) simList(ctx context.Context, g *globals) error {
	dir, err := g.dir(a)
	if err != nil {
		return err
	}
	objects, err := a.objects(ctx, g, simDir(dir))
	if err != nil {
		return err
	}
	if g.json() {
		return a.printJSON(objectsJSON{formVersion, objects})
	}
	if len(objects) == 0 {
		return a.print("The simulator is empty.\n")
	}
	rows := [][]string{a.row("ACCOUNT", "REGION", "KIND", "ID", "NAME", "STATE")}
	for _, o := range objects {
		rows = append(rows, []string{o.Account, o.Region, o.Kind, o.ID, o.Name, o.State})
	}
	return a.print("%s", table(rows))
}

// objects lists what the simulator in a folder holds. Only looking makes no simulator.
func (a *app) objects(ctx context.Context, g *globals, dir string) ([]objectJSON, error) {
	list := []objectJSON{}
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return list, nil
	}
	world, server, err := a.enter(ctx, g, dir)
	if err != nil {
		return nil, err
	}
	if server != nil {
		return server.objects(ctx)
	}
	for _, o := range world.Objects() {
		list = append(list, objectJSON{o.Account, o.Region, o.Kind, o.ID, o.Name, o.State})
	}
	return list, world.Close()
}

func (a *app) simReset(ctx context.Context, g *globals) error {
	dir, err := g.dir(a)
	if err != nil {
		return err
	}
	if err := notServed(ctx, simDir(dir)); err != nil {
		return err
	}
	stacks, err := simStacks(dir)
	if err != nil {
		return err
	}
	again := g.next("sim", "reset")
	if len(stacks) == 0 {
		err = a.ask(ctx, g, again, "Empty the simulator in %s?", simDir(dir))
	} else {
		err = a.ask(ctx, g, again, "Empty the simulator in %s, on which these stacks are not down: %s?", simDir(dir), strings.Join(stacks, ", "))
	}
	if err != nil {
		return err
	}
	if err := sim.Reset(ctx, simDir(dir)); err != nil {
		return ofSim(err)
	}
	if g.json() {
		return a.printJSON(objectsJSON{formVersion, []objectJSON{}})
	}
	var text strings.Builder
	text.WriteString(a.say("The simulator is empty.\n"))
	for _, name := range stacks {
		text.WriteString(a.say("Stack %s has lost all it had: close its record with %s, or make it anew with up.\n", name, g.next("down", "--stack", name)))
	}
	return a.print("%s", text.String())
}

// simStacks returns the stacks on the simulator that are not down. A record that cannot be read is not looked at: it
// would be no better if the simulator stayed as it is.
func simStacks(dir string) ([]string, error) {
	names, err := state.Stacks(dir)
	if err != nil {
		return nil, err
	}
	var standing []string
	for _, name := range names {
		j, err := state.Read(dir, name)
		if err == nil && j.Header().Target == targetSim && !j.Down() {
			standing = append(standing, name)
		}
	}
	return standing, nil
}
