package sim

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

var endpointActions = []handler{
	action("CreateVpcEndpoint", changing, (*call).createEndpoint),
	action("DescribeVpcEndpoints", reading, (*call).describeEndpoints),
	action("DeleteVpcEndpoints", changing, (*call).deleteEndpoints),
}

// endpoint is an interface endpoint: it leads from the VPC that is its parent to an endpoint service. To the owner of
// the service it is a connection. Its ready stays zero until it is accepted.
type endpoint struct {
	thing
	place      // of its owner
	service    *endpointService
	connection string // ID of the connection
	label      string // in its DNS names
	groups     []string
	interfaces []*netInterface

	arrives  time.Time // the service knows of it
	accepted time.Time
	rejected time.Time
	counted  time.Time // once it is being deleted: until then it keeps its service from being deleted
}

// state follows the acceptance besides (aws-facts §1.2). What is shown before the service knows of the endpoint is
// pending, as in the published answer to CreateVpcEndpoint.
func (e *endpoint) state(now time.Time) string {
	s := e.stage(now)
	switch {
	case s == leaving || s == dead || s == buried:
		return e.thing.state(now)
	case !e.rejected.IsZero():
		return "rejected"
	case now.Before(e.arrives):
		return "pending"
	case e.accepted.IsZero():
		return "pendingAcceptance"
	case now.Before(e.ready):
		return "pending"
	case e.failed:
		return "failed"
	}
	return "available"
}

// counts reports whether the service cannot be deleted for the endpoint's sake: while it is available, or on its way to
// that, and for some seconds after its own delete (aws-facts §2.15).
func (e *endpoint) counts(now time.Time) bool {
	if !e.deleteAsked.IsZero() {
		return now.Before(e.counted)
	}
	s := e.state(now)
	return s != "rejected" && s != "failed"
}

// deleteEndpoints answers with success, and lists what it has not deleted (aws-facts §7.5). The interfaces may outlive
// their endpoint (aws-facts §2.17). One that is being deleted is on its way already.
func (c *call) deleteEndpoints(in *ec2.DeleteVpcEndpointsInput) (*ec2.DeleteVpcEndpointsOutput, error) {
	failed := []types.UnsuccessfulItem{}
	for i, id := range in.VpcEndpointIds {
		e, err := c.endpoints.read(c, kindEndpoint, &in.VpcEndpointIds[i])
		switch {
		case err == nil && e.stage(c.now) == dead:
			failed = append(failed, unsuccessful(id, fail(kindEndpoint.notFound, kindEndpoint.missing, id)))
		case err != nil:
			failed = append(failed, unsuccessful(id, err))
		case e.stands(c.now):
			c.leave(&e.thing)
			e.counted = c.now.Add(c.opts.draw(c.dice, stillCounted))
			c.linger(e.interfaces, &e.life, endpointLingers)
		}
	}
	return &ec2.DeleteVpcEndpointsOutput{Unsuccessful: failed}, nil
}

func (e *endpoint) tell(o *Object) {
	o.Requested, o.Accepted, o.Drained = e.arrives, e.accepted, drained(e.interfaces)
}
