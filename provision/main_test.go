package provision

import (
	"flag"
	"os"
	"testing"
)

// TestMain makes rapid draw fewer cases than its default of 100: each is a whole lab. More: -rapid.checks.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "6"); err != nil {
		panic(err)
	}
	flag.Parse()
	os.Exit(m.Run())
}
