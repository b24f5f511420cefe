package sim

import (
	"embed"
	"sync"

	"vpclink/sim/codec"
)

//go:embed model/ec2.json model/elbv2.json model/sts.json
var modelFiles embed.FS

// balancing is Elastic Load Balancing, version 2, as requests are signed for it.
const balancing = "elasticloadbalancing"

// models are the service models, by the service's name in a signature. They are part of the program: one that cannot
// be read is a fault of the build.
var models = sync.OnceValue(func() map[string]*codec.Model {
	all := map[string]*codec.Model{}
	for service, file := range map[string]string{"ec2": "ec2", balancing: "elbv2", "sts": "sts"} {
		data, err := modelFiles.ReadFile("model/" + file + ".json")
		if err != nil {
			panic(err)
		}
		if all[service], err = codec.Load(data); err != nil {
			panic(err)
		}
	}
	return all
})
