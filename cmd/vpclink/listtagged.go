package main

import (
	"context"
	"slices"
	"time"

	"vpclink/provision"
)

// listTagged lists the stacks of which tags tell, and with --expired those whose records tell it too.
func (a *app) listTagged(ctx context.Context, g *globals, t *tagFlags) error {
	dir, err := g.dir(a)
	if err != nil {
		return err
	}
	var here *place
	var list []stackJSON
	err = a.at(ctx, g, dir, func(p *place) (err error) {
		here = p
		list, err = p.rows(ctx, g.stack, t.expired)
		return err
	})
	if err != nil {
		return err
	}
	if t.expired && !t.fromTags {
		recorded, _, err := a.recorded(dir)
		if err != nil {
			return err
		}
		for _, s := range recorded {
			if g.stack == "" && s.State != provision.StackDown && past(s) && !slices.ContainsFunc(list, func(o stackJSON) bool { return o.Lineage == s.Lineage }) {
				list = append(list, s)
			}
		}
	}
	switch {
	case g.json():
		return a.printJSON(listJSON{formVersion, list})
	case len(list) == 0 && t.expired:
		return a.print("Nothing has expired on %s, account %s, %s.\n", here.target.Name, here.Number, here.Region)
	case len(list) == 0:
		return a.print("Nothing carries vpclink's tags on %s, account %s, %s.\n", here.target.Name, here.Number, here.Region)
	}
	return a.print("%s", visible(a.stackTable(list)))
}

func past(s stackJSON) bool { return !s.Expires.IsZero() && !time.Now().Before(s.Expires) }

// rows reads each stack of which tags tell, those of one name (""; of any), and when asked only those that have expired.
func (p *place) rows(ctx context.Context, name string, expired bool) ([]stackJSON, error) {
	list := []stackJSON{}
	all, err := p.tagged(ctx)
	if err != nil {
		return nil, err
	}
	for _, s := range fitting(all, name, "") {
		if expired && !expiryOf(s).Past(time.Now()) {
			continue
		}
		row := stackJSON{s.Name, s.Lineage, s.Pattern, p.target.Name, provision.StackPartial, []string{}, time.Time{}, expiryOf(s).At, nil}
		if _, known := provision.Find(s.Pattern); known { // else a later vpclink's
			st, err := p.rebuilt(ctx, s)
			if err != nil {
				return nil, err
			}
			row = rowOf(st)
		}
		list = append(list, row)
	}
	return list, nil
}
