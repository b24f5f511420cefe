package sim

import (
	"encoding/json"
	"net/http"
	"time"
)

// The pages about a served world. Like AWS's actions they are for programs: JSON, unknown fields to be ignored.

// Health is the page /_sim/health.
type Health struct {
	Name    string    `json:"name"` // HealthName
	Version string    `json:"version"`
	ID      string    `json:"id"`
	Time    time.Time `json:"time"`  // the world's clock
	Speed   float64   `json:"speed"` // seconds of the world in one second
}

// HealthName is by what a simulator is told from other servers.
const HealthName = "vpclink-sim"

// Contents is the page /_sim/world: what Objects lists.
type Contents struct {
	Time    time.Time       `json:"time"`
	Objects []ContentObject `json:"objects"`
}

// ContentObject is an Object as the page shows it.
type ContentObject struct {
	Account string            `json:"account"`
	Region  string            `json:"region"`
	Kind    string            `json:"kind"`
	ID      string            `json:"id"`
	Name    string            `json:"name"`
	State   string            `json:"state"`
	Parent  string            `json:"parent"`
	Tags    map[string]string `json:"tags"`
}

// CallLog is the page /_sim/calls: what Calls lists.
type CallLog struct {
	Time  time.Time `json:"time"`
	Calls []LogCall `json:"calls"`
}

// LogCall is a Call as the page shows it.
type LogCall struct {
	N        int       `json:"n"`
	Time     time.Time `json:"time"`
	Account  string    `json:"account"`
	Region   string    `json:"region"`
	Action   string    `json:"action"`
	Changing bool      `json:"changing"`
	Code     string    `json:"code"`
	Request  string    `json:"request"`
	Fault    string    `json:"fault"`
}

func (s *Server) health(rw http.ResponseWriter, _ *http.Request) {
	writePage(rw, Health{Name: HealthName, Version: s.Version, ID: s.ID, Time: s.World.Now(), Speed: s.World.opts.speed()})
}

func (s *Server) world(rw http.ResponseWriter, _ *http.Request) {
	page := Contents{Time: s.World.Now(), Objects: []ContentObject{}}
	for _, o := range s.World.Objects() {
		page.Objects = append(page.Objects, ContentObject{
			Account: o.Account, Region: o.Region, Kind: o.Kind, ID: o.ID, Name: o.Name, State: o.State, Parent: o.Parent, Tags: o.Tags,
		})
	}
	writePage(rw, page)
}

func (s *Server) calls(rw http.ResponseWriter, _ *http.Request) {
	page := CallLog{Time: s.World.Now(), Calls: []LogCall{}}
	for _, c := range s.World.Calls() {
		page.Calls = append(page.Calls, LogCall{
			N: c.N, Time: c.Time, Account: c.Account, Region: c.Region, Action: c.Action, Changing: c.Changing,
			Code: c.Code, Request: c.RequestID, Fault: c.Fault,
		})
	}
	writePage(rw, page)
}

func writePage(rw http.ResponseWriter, page any) {
	rw.Header().Set("Content-Type", "application/json")
	e := json.NewEncoder(rw)
	e.SetIndent("", "  ")
	_ = e.Encode(page) // the client may have left
}
