package sim

import (
	"embed"
	"sync"

	"vpclink/sim/codec"
)

//go:embed model/ec2.json model/sts.json
var modelFiles embed.FS

// models are the service models, by the service's name in a signature. They are part of the program: one that cannot
// be read is a fault of the build.
var models = sync.OnceValue(func() map[string]*codec.Model {
	all := map[string]*codec.Model{}
	for _, service := range []string{"ec2", "sts"} {
		data, err := modelFiles.ReadFile("model/" + service + ".json")
		if err != nil {
			panic(err)
		}
		if all[service], err = codec.Load(data); err != nil {
			panic(err)
		}
	}
	return all
})
