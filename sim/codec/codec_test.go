package codec

import (
	"encoding/xml"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A small model with everything that the protocols differ in.
const ec2Model = `{"metadata":{"protocol":"ec2","xmlNamespace":"http://ec2/doc"},
"operations":{"Make":{"input":"In","output":"Out"},"Forget":{"input":"In"}},
"shapes":{
"In":{"type":"structure","required":["Name"],"members":{
 "Name":{"shape":"S"},
 "Ids":{"shape":"L","locationName":"Id"},
 "Plain":{"shape":"S","locationName":"plainName"},
 "Odd":{"shape":"S","queryName":"QueryOdd","locationName":"odd"},
 "Count":{"shape":"Small"},
 "DryRun":{"shape":"B","locationName":"dryRun"},
 "Filters":{"shape":"FL","locationName":"Filter"},
 "When":{"shape":"T"}}},
"F":{"type":"structure","members":{"Name":{"shape":"S"},"Values":{"shape":"L","locationName":"Value"}}},
"FL":{"type":"list","member":{"shape":"F","locationName":"Filter"}},
"Out":{"type":"structure","members":{
 "Thing":{"shape":"Thing","locationName":"thing"},
 "Things":{"shape":"TL","locationName":"thingSet"},
 "Flag":{"shape":"B","locationName":"flag"}}},
"Thing":{"type":"structure","members":{"Id":{"shape":"S","locationName":"thingId"},"State":{"shape":"S","locationName":"state"},"At":{"shape":"T","locationName":"at"},"Size":{"shape":"Small","locationName":"size"}}},
"TL":{"type":"list","member":{"shape":"Thing","locationName":"item"}},
"L":{"type":"list","member":{"shape":"S","locationName":"item"}},
"S":{"type":"string"},"B":{"type":"boolean"},"T":{"type":"timestamp"},"Small":{"type":"integer","min":5,"max":1000}}}`

var queryModel = strings.Replace(strings.Replace(ec2Model, `"protocol":"ec2"`, `"protocol":"query"`, 1),
	`"output":"Out"}`, `"output":"Out","resultWrapper":"MakeResult"}`, 1)

type state string

type filter struct {
	Name   *string
	Values []string
}

type in struct {
	Name, Plain, Odd *string
	Ids              []string
	Count            *int32
	DryRun           *bool
	Filters          []filter
	When             *time.Time
}

type thing struct {
	Id    *string
	State state
	At    *time.Time
	Size  *int32
}

type out struct {
	Thing  *thing
	Things []thing
	Flag   *bool
}

func load(tb testing.TB, text string) *Model {
	tb.Helper()
	m, err := Load([]byte(text))
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

func TestDecode(t *testing.T) {
	for _, row := range []struct {
		what, model, form string
		want              in
		err               string
	}{
		{"simple members", ec2Model, "Name=a&PlainName=b&QueryOdd=c&Count=7&DryRun=true", in{Name: new("a"), Plain: new("b"), Odd: new("c"), Count: new(int32(7)), DryRun: new(true)}, ""},
		{"lists, in the order of their numbers", ec2Model, "Name=a&Id.10=z&Id.2=y&Id.1=x", in{Name: new("a"), Ids: []string{"x", "y", "z"}}, ""},
		{"lists in lists", ec2Model, "Name=a&Filter.1.Name=n&Filter.1.Value.1=v&Filter.1.Value.2=w", in{Name: new("a"), Filters: []filter{{new("n"), []string{"v", "w"}}}}, ""},
		{"times", ec2Model, "Name=a&When=2026-01-02T03:04:05Z", in{Name: new("a"), When: new(time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))}, ""},
		{"query has other names", queryModel, "Name=a&plainName=b&odd=c", in{Name: new("a"), Plain: new("b"), Odd: new("c")}, ""},
		{"query's lists have a word more", queryModel, "Name=a&Id.item.1=x&Id.item.2=y", in{Name: new("a"), Ids: []string{"x", "y"}}, ""},
		{"a missing one", ec2Model, "Id.1=x", in{}, "MissingParameter: The request must contain the parameter Name"},
		{"an empty one", ec2Model, "Name=", in{}, "MissingParameter: The request must contain the parameter Name"},
		{"an unknown one", ec2Model, "Name=a&Nmae=b", in{}, "UnknownParameter: The parameter Nmae is not recognized"},
		{"an unknown one inside", ec2Model, "Name=a&Filter.1.Nmae=b", in{}, "UnknownParameter: The parameter Filter.1.Nmae is not recognized"},
		{"a list without numbers", ec2Model, "Name=a&Id=b", in{}, "UnknownParameter: The parameter Id is not recognized"},
		{"a list from zero", ec2Model, "Name=a&Id.0=b", in{}, "UnknownParameter: The parameter Id.0 is not recognized"},
		{"a list with a great number", ec2Model, "Name=a&Id.999999999=b", in{}, "UnknownParameter: The parameter Id.999999999 is not recognized"},
		{"something below a string", ec2Model, "Name.x=a", in{}, "UnknownParameter: The parameter Name is not recognized"},
		{"no number", ec2Model, "Name=a&Count=x", in{}, "InvalidParameterValue: Value (x) for parameter Count is invalid. The parameter must be an integer."},
		{"a number out of bounds", ec2Model, "Name=a&Count=4", in{}, "InvalidParameterValue: Value (4) for parameter Count is invalid. Expecting a value between 5 and 1000."},
		{"no boolean", ec2Model, "Name=a&DryRun=x", in{}, "InvalidParameterValue: Value (x) for parameter DryRun is invalid. The parameter must be true or false."},
		{"no time", ec2Model, "Name=a&When=x", in{}, "InvalidParameterValue: Value (x) for parameter When is invalid. The parameter must be a time."},
	} {
		form, err := url.ParseQuery(row.form)
		if err != nil {
			t.Fatal(err)
		}
		var have in
		err = load(t, row.model).Decode("Make", form, &have)
		if row.err != "" {
			var e *Error
			if !errors.As(err, &e) || err.Error() != row.err {
				t.Errorf("%s should be refused with %q, not with %v", row.what, row.err, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s should be read, not refused with %v", row.what, err)
		}
		if diff := cmp.Diff(row.want, have); diff != "" {
			t.Errorf("%s are read otherwise (-want +have):\n%s", row.what, diff)
		}
	}
	if err := load(t, ec2Model).Decode("Mkae", nil, &in{}); err == nil || !strings.Contains(err.Error(), "InvalidAction: The action Mkae") {
		t.Errorf("an unknown action should be InvalidAction with its name, not %v", err)
	}
}

func TestEncode(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 6e6, time.FixedZone("", 3600))
	answer := &out{
		Thing: &thing{Id: new("<a & b>"), State: "ready", At: &at, Size: new(int32(0))}, Things: []thing{{Id: new("x")}, {Id: new("y")}}, Flag: new(false),
	}
	for _, row := range []struct {
		what, model, action string
		out                 any
		want                string
	}{
		{"ec2", ec2Model, "Make", answer, `<MakeResponse xmlns="http://ec2/doc/"><requestId>r</requestId>` +
			`<thing><thingId>&lt;a &amp; b&gt;</thingId><state>ready</state><at>2026-01-02T02:04:05.006Z</at><size>0</size></thing>` +
			`<thingSet><item><thingId>x</thingId></item><item><thingId>y</thingId></item></thingSet><flag>false</flag></MakeResponse>`},
		{"query", queryModel, "Make", &out{Flag: new(true)}, `<MakeResponse xmlns="http://ec2/doc/"><MakeResult><flag>true</flag></MakeResult>` +
			`<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></MakeResponse>`},
		{"what is absent, and what is empty", ec2Model, "Make", &out{Things: []thing{}}, `<MakeResponse xmlns="http://ec2/doc/"><requestId>r</requestId><thingSet></thingSet></MakeResponse>`},
		{"no output", ec2Model, "Forget", nil, `<ForgetResponse xmlns="http://ec2/doc/"><requestId>r</requestId><return>true</return></ForgetResponse>`},
	} {
		have, err := load(t, row.model).Encode(row.action, "r", row.out)
		if err != nil {
			t.Errorf("%s: %v", row.what, err)
		}
		if diff := cmp.Diff(row.want, strings.TrimPrefix(string(have), xml.Header)); diff != "" {
			t.Errorf("%s is written otherwise (-want +have):\n%s", row.what, diff)
		}
	}
}

func TestEncodeError(t *testing.T) {
	e := &Error{Code: "InvalidVpcID.NotFound", Message: "not <there>"}
	for model, want := range map[string]string{
		ec2Model:   `<Response><Errors><Error><Code>InvalidVpcID.NotFound</Code><Message>not &lt;there&gt;</Message></Error></Errors><RequestID>r</RequestID></Response>`,
		queryModel: `<ErrorResponse xmlns="http://ec2/doc"><Error><Type>Sender</Type><Code>InvalidVpcID.NotFound</Code><Message>not &lt;there&gt;</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
	} {
		have := strings.TrimPrefix(string(load(t, model).EncodeError("r", e)), xml.Header)
		if diff := cmp.Diff(want, have); diff != "" {
			t.Errorf("the error is written otherwise (-want +have):\n%s", diff)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	for what, text := range map[string]string{
		"no JSON":             `{`,
		"an unknown protocol": strings.Replace(ec2Model, `"protocol":"ec2"`, `"protocol":"json"`, 1),
		"a missing shape":     strings.Replace(ec2Model, `"S":{"type":"string"},`, ``, 1),
		"a missing input":     strings.Replace(ec2Model, `"Forget":{"input":"In"}`, `"Forget":{"input":"No"}`, 1),
		"a list of nothing":   strings.Replace(ec2Model, `{"type":"list","member":{"shape":"S","locationName":"item"}}`, `{"type":"list"}`, 1),
		"nothing":             `{"metadata":{"protocol":"ec2"}}`,
	} {
		if _, err := Load([]byte(text)); err == nil {
			t.Errorf("a model with %s should be refused", what)
		}
	}
}

// Whatever the form, decoding ends with an input or with an error of AWS's.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		"Name=a&Id.1=x&Filter.1.Value.1=v&Count=7&DryRun=true&When=2026-01-02T03:04:05Z",
		"Name=a&Name.1=b&Id.x=1&Id..=2&.=3&Filter.1=4&Filter.1.Value.1.1=5",
		"Id.99999999999999999999=x&Id.-1=y&Id.01=z", "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a=1", "%", "=", "&&", "Action=Make&Version=1",
	} {
		f.Add(seed)
	}
	models := []*Model{load(f, ec2Model), load(f, queryModel)}
	f.Fuzz(func(t *testing.T, text string) {
		form, err := url.ParseQuery(text)
		if err != nil {
			return
		}
		for _, m := range models {
			var have in
			var e *Error
			if err := m.Decode("Make", form, &have); err != nil && !errors.As(err, &e) {
				t.Errorf("the form %q should be read or refused in AWS's words, not with %v", text, err)
			}
		}
	})
}
