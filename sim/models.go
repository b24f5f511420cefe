package sim

import (
	"compress/gzip"
	"embed"
	"io"
	"sync"

	"vpclink/sim/codec"
)

// The models are packed: model/trim.py writes them.
//
//go:embed model/ec2.json.gz model/elbv2.json.gz model/sts.json.gz
var modelFiles embed.FS

// balancing is Elastic Load Balancing, version 2, as requests are signed for it.
const balancing = "elasticloadbalancing"

// models are the service models, by the service's name in a signature. They are part of the program: one that cannot
// be read is a fault of the build.
var models = sync.OnceValue(func() map[string]*codec.Model {
	all := map[string]*codec.Model{}
	for service, file := range map[string]string{"ec2": "ec2", balancing: "elbv2", "sts": "sts"} {
		data, err := unpacked("model/" + file + ".json.gz")
		if err != nil {
			panic(err)
		}
		if all[service], err = codec.Load(data); err != nil {
			panic(err)
		}
	}
	return all
})

func unpacked(name string) ([]byte, error) {
	file, err := modelFiles.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // it is in memory
	packed, err := gzip.NewReader(file)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(packed)
}
