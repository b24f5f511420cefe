package steps

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"vpclink/state"
)

// What AWS does not show of an instance is told by its settings: the system, and the parameter behind an image.
func TestUnshown(t *testing.T) {
	windows := Instance{Image: "resolve:ssm:/windows", Type: "t3.medium"}
	linux := Instance{Image: "resolve:ssm:/linux", Type: "t3.medium", UserData: "#!/bin/bash"}
	with := func(set Instance, edit func(*Instance)) Instance { edit(&set); return set }
	for _, c := range []struct {
		name        string
		was, wanted Instance
		want        []Field
	}{
		{"the same", windows, windows, nil},
		{"another system", windows, linux, []Field{{Name: "operating system", Flag: "--os", Want: "linux", Have: "windows"}}},
		{"another system on the same image", with(windows, func(i *Instance) { i.Image = "ami-1" }), with(linux, func(i *Instance) { i.Image = "ami-1" }), []Field{
			{Name: "operating system", Flag: "--os", Want: "linux", Have: "windows"},
		}},
		{"another parameter", windows, with(windows, func(i *Instance) { i.Image = "resolve:ssm:/other" }), []Field{
			{Name: "image", Flag: "--image", Want: "resolve:ssm:/other", Have: "resolve:ssm:/windows"},
		}},
		{"an AMI, which AWS shows", windows, with(windows, func(i *Instance) { i.Image = "ami-1" }), nil},
		{"a record rebuilt from tags", Instance{}, linux, nil},
		{"a later vpclink's user data", linux, with(linux, func(i *Instance) { i.UserData = "#!/bin/sh" }), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			was, err := state.NewSettings(c.was)
			if err != nil {
				t.Fatal(err)
			}
			wanted, err := state.NewSettings(c.wanted)
			if err != nil {
				t.Fatal(err)
			}
			comparer, ok := Kinds()[KindInstance].(Comparer)
			if !ok {
				t.Fatal("instances are compared")
			}
			if diff := cmp.Diff(c.want, comparer.Compare(was, wanted)); diff != "" {
				t.Errorf("they differ so (-want +got):\n%s", diff)
			}
			if got := comparer.Compare(nil, wanted); got != nil {
				t.Errorf("what was made of nothing known differs in nothing, got %v", got)
			}
		})
	}
}
