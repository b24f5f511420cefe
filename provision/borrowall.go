package provision

import (
	"net/netip"
	"slices"

	"vpclink/state"
	"vpclink/words"
)

// borrowAll chooses in every VPC of the request that is there already, by name.
func (r Request) borrowAll(records []state.Record) (map[string]*VPC, error) {
	there := map[string]*VPC{}
	for _, item := range r.Items {
		if item.VPC == "" {
			continue
		}
		v, err := r.borrow(item, records)
		if err != nil {
			return nil, err
		}
		there[item.Name] = v
	}
	return there, nil
}

// blocksOf are all blocks of VPCs that are there already, by name.
func blocksOf(there map[string]*VPC) (map[string][]netip.Prefix, error) {
	taking := map[string][]netip.Prefix{}
	for name, v := range there {
		for _, text := range v.has.Blocks {
			block, err := netip.ParsePrefix(text)
			if err != nil {
				return nil, words.Errorf("reading a block of %s: %w", v.Existing, err)
			}
			taking[name] = append(taking[name], block)
		}
	}
	return taking, nil
}

// preferred puts those zones first that the VPCs that are there already have: the provider's, or else those of its
// consumers, since an endpoint must be in a zone of its service (aws-facts §2.18).
func preferred(r Request, there map[string]*VPC, zones []string) []string {
	var first []string
	for _, item := range r.Items {
		if v := there[item.Name]; v != nil {
			for _, s := range v.Subnets {
				first = append(first, s.AZID)
			}
		}
		if there[r.Items[0].Name] != nil {
			break
		}
	}
	var chosen, others []string
	for _, zone := range zones {
		if slices.Contains(first, zone) {
			chosen = append(chosen, zone)
		} else {
			others = append(others, zone)
		}
	}
	return append(chosen, others...)
}

// apart warns of VPCs with an internet gateway where the pattern does without: what the tutorial wants kept from the
// internet is not.
func (p *Plan) apart(vpcs []*VPC, strict bool) error {
	if p.Pattern.StartsInstances {
		return nil
	}
	for _, v := range vpcs {
		if v.Existing == "" || v.has.Gateway == "" {
			continue
		}
		if err := p.warn(strict, "%s has the internet gateway %s, and %s is for VPCs without one: what is linked may be reached from the internet too", v.Name, v.has.Gateway, p.Pattern.Name); err != nil {
			return err
		}
	}
	return nil
}
