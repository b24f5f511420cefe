#!/usr/bin/env python3
"""The simulator as boto3 and the AWS CLI see it.

    boto3_test.py VPCLINK

Serves the simulator with the program VPCLINK, in a folder that is gone afterwards. boto3 makes and removes one of every
kind that there is, with its own waiters; the AWS CLI lists what `up` made. boto3 writes the requests and takes the
answers apart with code of its own, so this is a second opinion on the wire beside that of the SDK for Go. On names and
types it is none: its service model is also the one from which the simulator's was trimmed.
"""

import contextlib
import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import boto3
import botocore.config
import botocore.exceptions

REGION = "ap-northeast-1"
ROLE = "arn:aws:iam::210987654321:role/teacher"
SOON = {"Delay": 1, "MaxAttempts": 60}  # the simulator's minute takes a second
LINUX = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64"


def story(test):
    """Mark a function as one of the stories that main tells, in the order in which they stand here."""
    STORIES.append(test)
    return test


STORIES = []


class Lab:
    """A served simulator, and clients of it."""

    def __init__(self, program, endpoint, environ):
        self.program, self.endpoint, self.environ = program, endpoint, environ
        self.ec2 = self.client("ec2")

    def client(self, service, region=REGION, key="vpclink", secret="any", token=None):
        once = botocore.config.Config(retries={"total_max_attempts": 1})
        return boto3.client(service, region_name=region, endpoint_url=self.endpoint, config=once,
                            aws_access_key_id=key, aws_secret_access_key=secret, aws_session_token=token)

    def wait(self, waiter, client=None, **what):
        (client or self.ec2).get_waiter(waiter).wait(WaiterConfig=SOON, **what)

    def vpclink(self, *args):
        return subprocess.run([self.program, *args], env=self.environ, check=True, stdout=subprocess.PIPE, text=True).stdout

    def aws(self, *args):
        """What the AWS CLI answers, which stands beside this Python in its environment."""
        environ = dict(self.environ, AWS_ACCESS_KEY_ID="vpclink", AWS_SECRET_ACCESS_KEY="any", AWS_DEFAULT_REGION=REGION, AWS_PAGER="")
        cli = [sys.executable, "-m", "awscli", "--endpoint-url", self.endpoint, "--output", "json", *args]
        return json.loads(subprocess.run(cli, env=environ, check=True, stdout=subprocess.PIPE, text=True).stdout)

    def until(self, what, look, timeout=30):
        """Wait for what boto3 has no waiter for."""
        end = time.monotonic() + timeout
        while not look():
            if time.monotonic() > end:
                raise AssertionError(f"{what} did not come to be within {timeout} s")
            time.sleep(0.2)

    def soon(self, call, code="", timeout=30, **args):
        """Call until AWS has seen what was just made, or has let go of what was just removed."""
        end = time.monotonic() + timeout
        while True:
            try:
                return call(**args)
            except botocore.exceptions.ClientError as e:
                if e.response["Error"]["Code"] != code or time.monotonic() > end:
                    raise
                time.sleep(0.2)


def expect(what, want, have):
    if want != have:
        raise AssertionError(f"{what}: expected {want!r}, have {have!r}")


def refused(what, code, status, call, **args):
    """A call has to end with an error of AWS's, with its status and a request ID."""
    try:
        call(**args)
    except botocore.exceptions.ClientError as e:
        meta = e.response["ResponseMetadata"]
        expect(f"the error of {what}", (code, status), (e.response["Error"]["Code"], meta["HTTPStatusCode"]))
        if not (meta.get("RequestId") and e.response["Error"]["Message"]):
            raise AssertionError(f"the error of {what} should have a request ID and a message: {e.response}") from e
        return e.response["Error"]["Message"]
    raise AssertionError(f"{what} should be refused with {code}")


def tags(kind, name):
    return [{"ResourceType": kind, "Tags": [{"Key": "Name", "Value": name}]}]


def name_of(thing):
    return {t["Key"]: t["Value"] for t in thing.get("Tags", [])}.get("Name")


@story
def one_of_every_kind(lab):
    ec2 = lab.ec2
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=tags("vpc", "py"))["Vpc"]["VpcId"]
    lab.wait("vpc_exists", VpcIds=[vpc])
    lab.wait("vpc_available", VpcIds=[vpc])
    expect("the VPC's name", "py", name_of(ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]))
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24", TagSpecifications=tags("subnet", "py"))["Subnet"]["SubnetId"]
    # By a filter: this waiter of boto3's gives up when the new ID is still hidden, on AWS as here.
    lab.wait("subnet_available", Filters=[{"Name": "subnet-id", "Values": [subnet]}])
    group = ec2.create_security_group(VpcId=vpc, GroupName="py", Description="py")["GroupId"]
    lab.wait("security_group_exists", GroupIds=[group])
    rule = lab.soon(ec2.authorize_security_group_ingress, "InvalidGroup.NotFound", GroupId=group, IpPermissions=[
        {"IpProtocol": "tcp", "FromPort": 3389, "ToPort": 3389, "IpRanges": [{"CidrIp": "10.0.0.0/16", "Description": "lab"}]},
    ])["SecurityGroupRules"][0]
    expect("the rule", ("10.0.0.0/16", False, 3389), (rule["CidrIpv4"], rule["IsEgress"], rule["FromPort"]))
    table = ec2.create_route_table(VpcId=vpc, TagSpecifications=tags("route-table", "py"))["RouteTable"]["RouteTableId"]
    link = lab.soon(ec2.associate_route_table, "InvalidRouteTableID.NotFound", RouteTableId=table, SubnetId=subnet)["AssociationId"]
    card = ec2.create_network_interface(SubnetId=subnet, Groups=[group])["NetworkInterface"]["NetworkInterfaceId"]
    lab.wait("network_interface_available", Filters=[{"Name": "network-interface-id", "Values": [card]}])

    run = ec2.run_instances(ImageId=LINUX, InstanceType="t3.micro", MinCount=1, MaxCount=1, SubnetId=subnet, SecurityGroupIds=[group],
                            ClientToken="py-1", TagSpecifications=tags("instance", "py"))["Instances"][0]
    instance = run["InstanceId"]
    expect("the state of a new instance", "pending", run["State"]["Name"])
    if run["LaunchTime"].tzinfo is None or abs(run["LaunchTime"] - world_time(lab)) > datetime.timedelta(minutes=10):
        raise AssertionError(f"a launch should be of the world's now, not of {run['LaunchTime']}")
    lab.wait("instance_exists", InstanceIds=[instance])
    lab.wait("instance_running", InstanceIds=[instance])
    refused("a subnet with an instance in it", "DependencyViolation", 400, ec2.delete_subnet, SubnetId=subnet)
    refused("a group of an instance", "DependencyViolation", 400, ec2.delete_security_group, GroupId=group)

    gateway = ec2.create_transit_gateway(Options={"DefaultRouteTableAssociation": "disable", "DefaultRouteTablePropagation": "disable"},
                                         TagSpecifications=tags("transit-gateway", "py"))["TransitGateway"]["TransitGatewayId"]
    state = lambda: ec2.describe_transit_gateways(TransitGatewayIds=[gateway])["TransitGateways"][0]["State"]  # noqa: E731
    lab.soon(state, "InvalidTransitGatewayID.NotFound")
    refused("a table of a gateway that is being made", "IncorrectState", 400, ec2.create_transit_gateway_route_table, TransitGatewayId=gateway)
    lab.until("the transit gateway", lambda: state() == "available")
    gateway_table = ec2.create_transit_gateway_route_table(TransitGatewayId=gateway)["TransitGatewayRouteTable"]["TransitGatewayRouteTableId"]
    attachment = ec2.create_transit_gateway_vpc_attachment(
        TransitGatewayId=gateway, VpcId=vpc, SubnetIds=[subnet])["TransitGatewayVpcAttachment"]["TransitGatewayAttachmentId"]
    refused("a second attachment", "DuplicateTransitGatewayAttachment", 400, ec2.create_transit_gateway_vpc_attachment,
            TransitGatewayId=gateway, VpcId=vpc, SubnetIds=[subnet])
    at = {"Filters": [{"Name": "transit-gateway-attachment-id", "Values": [attachment]}]}
    attached = lambda: [a["State"] for a in ec2.describe_transit_gateway_vpc_attachments(**at)["TransitGatewayVpcAttachments"]]  # noqa: E731
    lab.until("the attachment", lambda: attached() == ["available"])
    expect("the attachment, as any attachment", ["vpc"],
           [a["ResourceType"] for a in ec2.describe_transit_gateway_attachments(**at)["TransitGatewayAttachments"]])
    lab.until("the gateway's table", lambda: [t["State"] for t in ec2.describe_transit_gateway_route_tables(
        TransitGatewayRouteTableIds=[gateway_table])["TransitGatewayRouteTables"]] == ["available"])
    both = {"TransitGatewayRouteTableId": gateway_table, "TransitGatewayAttachmentId": attachment}
    of = {"TransitGatewayRouteTableId": gateway_table}
    ec2.associate_transit_gateway_route_table(**both)
    ec2.enable_transit_gateway_route_table_propagation(**both)
    associated = lambda: [a["State"] for a in ec2.get_transit_gateway_route_table_associations(**of)["Associations"]]  # noqa: E731
    propagated = lambda: [p["State"] for p in ec2.get_transit_gateway_route_table_propagations(**of)["TransitGatewayRouteTablePropagations"]]  # noqa: E731
    lab.until("the association", lambda: associated() == ["associated"])
    lab.until("the propagation", lambda: propagated() == ["enabled"])
    found = ec2.search_transit_gateway_routes(**of, Filters=[{"Name": "type", "Values": ["propagated"]}])["Routes"]
    expect("the propagated route", ["10.0.0.0/16"], [r["DestinationCidrBlock"] for r in found])
    route = {"RouteTableId": table, "DestinationCidrBlock": "10.9.0.0/16"}
    expect("a route's answer", True, ec2.create_route(**route, TransitGatewayId=gateway)["Return"])
    ec2.replace_route(**route, TransitGatewayId=gateway)
    ec2.create_tags(Resources=[gateway, vpc], Tags=[{"Key": "more", "Value": "<&>é"}])
    expect("a tag with all kinds of letters", ["<&>é"],
           [t["Value"] for t in ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["Tags"] if t["Key"] == "more"])
    ec2.delete_tags(Resources=[gateway], Tags=[{"Key": "more"}])

    ec2.delete_route(**route)
    ec2.disable_transit_gateway_route_table_propagation(**both)
    ec2.disassociate_transit_gateway_route_table(**both)
    lab.until("the end of the association", lambda: associated() == [] and propagated() == [])
    ec2.delete_transit_gateway_vpc_attachment(TransitGatewayAttachmentId=attachment)
    lab.until("the end of the attachment", lambda: attached() in ([], ["deleted"]))
    lab.soon(ec2.delete_transit_gateway_route_table, "IncorrectState", TransitGatewayRouteTableId=gateway_table)
    lab.soon(ec2.delete_transit_gateway, "IncorrectState", TransitGatewayId=gateway)
    lab.until("the end of the gateway", lambda: state() == "deleted")
    ec2.terminate_instances(InstanceIds=[instance])
    lab.wait("instance_terminated", InstanceIds=[instance])
    ec2.delete_network_interface(NetworkInterfaceId=card)
    ec2.disassociate_route_table(AssociationId=link)
    lab.soon(ec2.delete_route_table, "DependencyViolation", RouteTableId=table)
    ec2.revoke_security_group_ingress(GroupId=group, SecurityGroupRuleIds=[rule["SecurityGroupRuleId"]])
    lab.soon(ec2.delete_security_group, "DependencyViolation", GroupId=group)
    lab.soon(ec2.delete_subnet, "DependencyViolation", SubnetId=subnet)
    lab.soon(ec2.delete_vpc, "DependencyViolation", VpcId=vpc)
    lab.until("the end of the VPC", lambda: gone(ec2.describe_vpcs, VpcIds=[vpc]))
    expect("what the world holds at the end", [], page(lab, "world")["objects"])


@story
def an_internet_gateway(lab):
    ec2 = lab.ec2
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    lab.wait("vpc_exists", VpcIds=[vpc])
    lab.wait("vpc_available", VpcIds=[vpc])
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
    lab.wait("subnet_available", Filters=[{"Name": "subnet-id", "Values": [subnet]}])
    group = ec2.create_security_group(VpcId=vpc, GroupName="py", Description="py")["GroupId"]
    lab.wait("security_group_exists", GroupIds=[group])
    gate = ec2.create_internet_gateway(TagSpecifications=tags("internet-gateway", "py"))["InternetGateway"]["InternetGatewayId"]
    # By a filter: this waiter of boto3's waits for another code than AWS's, here as on AWS.
    lab.wait("internet_gateway_exists", Filters=[{"Name": "internet-gateway-id", "Values": [gate]}])
    expect("the gateway's name", "py", name_of(ec2.describe_internet_gateways(InternetGatewayIds=[gate])["InternetGateways"][0]))
    both = {"InternetGatewayId": gate, "VpcId": vpc}
    table = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc]}])["RouteTables"][0]["RouteTableId"]
    route = {"RouteTableId": table, "DestinationCidrBlock": "0.0.0.0/0"}
    refused("a route to a gateway of no VPC", "InvalidParameterValue", 400, ec2.create_route, **route, GatewayId=gate)
    ec2.attach_internet_gateway(**both)
    refused("attaching it again", "Resource.AlreadyAssociated", 400, ec2.attach_internet_gateway, **both)
    attached = lambda: [(a["VpcId"], a["State"]) for a in ec2.describe_internet_gateways(  # noqa: E731
        InternetGatewayIds=[gate])["InternetGateways"][0]["Attachments"]]
    lab.until("the attachment", lambda: attached() == [(vpc, "available")])
    expect("a route's answer", True, ec2.create_route(**route, GatewayId=gate)["Return"])

    instance = ec2.run_instances(ImageId=LINUX, InstanceType="t3.micro", MinCount=1, MaxCount=1, NetworkInterfaces=[{
        "DeviceIndex": 0, "SubnetId": subnet, "Groups": [group], "AssociatePublicIpAddress": True, "DeleteOnTermination": True,
    }])["Instances"][0]["InstanceId"]
    lab.wait("instance_running", InstanceIds=[instance])
    shown = lambda: ec2.describe_instances(InstanceIds=[instance])["Reservations"][0]["Instances"][0]  # noqa: E731
    lab.until("the public address", lambda: "PublicIpAddress" in shown())
    address = shown()["PublicIpAddress"]
    expect("the interface with that address", 1, len(ec2.describe_network_interfaces(
        Filters=[{"Name": "association.public-ip", "Values": [address]}])["NetworkInterfaces"]))
    message = refused("detaching while there is an address", "DependencyViolation", 400, ec2.detach_internet_gateway, **both)
    if "mapped public address" not in message:
        raise AssertionError(f"the message should tell of the address: {message}")
    refused("deleting what is attached", "DependencyViolation", 400, ec2.delete_internet_gateway, InternetGatewayId=gate)

    ec2.delete_route(**route)
    ec2.terminate_instances(InstanceIds=[instance])
    lab.wait("instance_terminated", InstanceIds=[instance])
    lab.soon(ec2.detach_internet_gateway, "DependencyViolation", **both)
    refused("detaching it again", "Gateway.NotAttached", 400, ec2.detach_internet_gateway, **both)
    lab.soon(ec2.delete_internet_gateway, "DependencyViolation", InternetGatewayId=gate)
    lab.soon(ec2.delete_security_group, "DependencyViolation", GroupId=group)
    lab.soon(ec2.delete_subnet, "DependencyViolation", SubnetId=subnet)
    lab.soon(ec2.delete_vpc, "DependencyViolation", VpcId=vpc)
    lab.until("the end of the VPC", lambda: gone(ec2.describe_vpcs, VpcIds=[vpc]))
    expect("what the world holds at the end", [], page(lab, "world")["objects"])


@story
def a_peering_connection(lab):
    ec2 = lab.ec2
    blocks = {"10.0.0.0/16": None, "10.1.0.0/16": None}
    for block in blocks:
        blocks[block] = ec2.create_vpc(CidrBlock=block)["Vpc"]["VpcId"]
    a, b = blocks.values()
    lab.wait("vpc_exists", VpcIds=[a, b])
    lab.wait("vpc_available", VpcIds=[a, b])
    for vpc in (a, b):
        ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
    expect("host names in a VPC", True, ec2.describe_vpc_attribute(VpcId=a, Attribute="enableDnsHostnames")["EnableDnsHostnames"]["Value"])
    peering = ec2.create_vpc_peering_connection(VpcId=a, PeerVpcId=b, TagSpecifications=tags("vpc-peering-connection", "py"))[
        "VpcPeeringConnection"]["VpcPeeringConnectionId"]
    lab.wait("vpc_peering_connection_exists", VpcPeeringConnectionIds=[peering])
    shown = lambda: ec2.describe_vpc_peering_connections(VpcPeeringConnectionIds=[peering])["VpcPeeringConnections"][0]  # noqa: E731
    lab.until("the request", lambda: shown()["Status"]["Code"] == "pending-acceptance")
    expect("the peering's name", "py", name_of(shown()))
    left = shown()["ExpirationTime"] - world_time(lab)
    if not datetime.timedelta(days=6) < left <= datetime.timedelta(days=7):
        raise AssertionError(f"a request should expire after 7 days, and does so in {left}")
    refused("a second request", "VpcPeeringConnectionAlreadyExists", 400, ec2.create_vpc_peering_connection, VpcId=b, PeerVpcId=a)
    ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)
    lab.until("the acceptance", lambda: shown()["Status"]["Code"] == "active")
    refused("a second acceptance", "InvalidStateTransition", 400, ec2.accept_vpc_peering_connection, VpcPeeringConnectionId=peering)
    on = {"AllowDnsResolutionFromRemoteVpc": True}
    ec2.modify_vpc_peering_connection_options(
        VpcPeeringConnectionId=peering, RequesterPeeringConnectionOptions=on, AccepterPeeringConnectionOptions=on)
    sides = lambda: [shown()[s]["PeeringOptions"]["AllowDnsResolutionFromRemoteVpc"] for s in ("RequesterVpcInfo", "AccepterVpcInfo")]  # noqa: E731
    lab.until("DNS over the peering", lambda: sides() == [True, True])
    tables = {t["VpcId"]: t["RouteTableId"] for t in ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [a, b]}])["RouteTables"]}
    routes = [{"RouteTableId": tables[a], "DestinationCidrBlock": "10.1.0.0/16"}, {"RouteTableId": tables[b], "DestinationCidrBlock": "10.0.0.0/16"}]
    for route in routes:
        expect("a route's answer", True, ec2.create_route(**route, VpcPeeringConnectionId=peering)["Return"])
    over = [{"Name": "route.vpc-peering-connection-id", "Values": [peering]}]
    lab.until("tables with a route over the peering", lambda: {
        t["RouteTableId"] for t in ec2.describe_route_tables(Filters=over)["RouteTables"]} == set(tables.values()))

    for route in routes:
        ec2.delete_route(**route)
    ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=peering)
    lab.wait("vpc_peering_connection_deleted", VpcPeeringConnectionIds=[peering])
    for vpc in (a, b):
        lab.soon(ec2.delete_vpc, "DependencyViolation", VpcId=vpc)
        lab.until("the end of a VPC", lambda: gone(ec2.describe_vpcs, VpcIds=[vpc]))
    expect("what the world holds at the end", [], page(lab, "world")["objects"])


@story
def privatelink(lab):
    ec2, elb = lab.ec2, lab.client("elbv2")
    zone = ec2.describe_availability_zones()["AvailabilityZones"][0]["ZoneName"]

    def group_in(vpc, name):
        group = ec2.create_security_group(VpcId=vpc, GroupName=name, Description="py")["GroupId"]
        lab.wait("security_group_exists", GroupIds=[group])
        return group

    def admit(group, **source):
        lab.soon(ec2.authorize_security_group_ingress, "InvalidGroup.NotFound", GroupId=group, IpPermissions=[
            {"IpProtocol": "tcp", "FromPort": 3389, "ToPort": 3389, **source}])

    sites = []
    for _ in ("provider", "consumer"):  # with the same addresses
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        lab.wait("vpc_exists", VpcIds=[vpc])
        lab.wait("vpc_available", VpcIds=[vpc])
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24", AvailabilityZone=zone)["Subnet"]["SubnetId"]
        lab.wait("subnet_available", Filters=[{"Name": "subnet-id", "Values": [subnet]}])
        sites.append((vpc, subnet))
    (a, subnet_a), (b, subnet_b) = sites
    group, shield, door = group_in(a, "instance"), group_in(a, "nlb"), group_in(b, "endpoint")
    admit(shield, IpRanges=[{"CidrIp": "10.0.0.0/16"}])
    admit(group, UserIdGroupPairs=[{"GroupId": shield}])
    instance = ec2.run_instances(ImageId=LINUX, InstanceType="t3.micro", MinCount=1, MaxCount=1, SubnetId=subnet_a,
                                 SecurityGroupIds=[group])["Instances"][0]["InstanceId"]
    lab.wait("instance_running", InstanceIds=[instance])

    wanted = {"Name": "py", "Protocol": "TCP", "VpcId": a, "TargetType": "instance", "HealthCheckIntervalSeconds": 5,
              "HealthCheckTimeoutSeconds": 4, "HealthyThresholdCount": 2, "UnhealthyThresholdCount": 2}
    targets = elb.create_target_group(Port=3389, Tags=[{"Key": "Name", "Value": "py"}], **wanted)["TargetGroups"][0]["TargetGroupArn"]
    expect("the same target group once more", targets, elb.create_target_group(Port=3389, **wanted)["TargetGroups"][0]["TargetGroupArn"])
    refused("a target group of that name at another port", "DuplicateTargetGroupName", 400, elb.create_target_group, Port=22, **wanted)
    target = {"TargetGroupArn": targets, "Targets": [{"Id": instance, "Port": 3389}]}
    lab.soon(elb.register_targets, "TargetGroupNotFound", **target)
    health = lambda: elb.describe_target_health(TargetGroupArn=targets)["TargetHealthDescriptions"][0]["TargetHealth"]  # noqa: E731
    expect("a target without a listener", ("unused", "Target.NotInUse"), (health()["State"], health()["Reason"]))
    made = elb.create_load_balancer(Name="py", Type="network", Scheme="internal", Subnets=[subnet_a], SecurityGroups=[shield],
                                    Tags=[{"Key": "Name", "Value": "py"}])["LoadBalancers"][0]
    balancer = made["LoadBalancerArn"]
    expect("the state of a new load balancer", "provisioning", made["State"]["Code"])
    lab.until("the load balancer in lists", lambda: balancer in [x["LoadBalancerArn"] for x in elb.describe_load_balancers()["LoadBalancers"]])
    lab.wait("load_balancer_available", elb, LoadBalancerArns=[balancer])
    expect("its tags and the group's", {balancer: "py", targets: "py"}, {
        d["ResourceArn"]: name_of(d) for d in elb.describe_tags(ResourceArns=[balancer, targets])["TagDescriptions"]})
    listener = elb.create_listener(LoadBalancerArn=balancer, Protocol="TCP", Port=3389, DefaultActions=[
        {"Type": "forward", "TargetGroupArn": targets}])["Listeners"][0]["ListenerArn"]
    lab.wait("target_in_service", elb, **target)
    refused("a target group that a listener points at", "ResourceInUse", 400, elb.delete_target_group, TargetGroupArn=targets)

    service = ec2.create_vpc_endpoint_service_configuration(
        AcceptanceRequired=True, NetworkLoadBalancerArns=[balancer], TagSpecifications=tags("vpc-endpoint-service", "py"))["ServiceConfiguration"]
    which = [{"Name": "service-id", "Values": [service["ServiceId"]]}]
    offered = lambda: [s["ServiceState"] for s in ec2.describe_vpc_endpoint_service_configurations(Filters=which)["ServiceConfigurations"]]  # noqa: E731
    lab.until("the service", lambda: offered() == ["Available"])
    refused("a load balancer that serves", "ResourceInUse", 400, elb.delete_load_balancer, LoadBalancerArn=balancer)
    endpoint = lab.soon(ec2.create_vpc_endpoint, "InvalidServiceName", VpcEndpointType="Interface", VpcId=b, ServiceName=service["ServiceName"],
                        SubnetIds=[subnet_b], SecurityGroupIds=[door], TagSpecifications=tags("vpc-endpoint", "py"))["VpcEndpoint"]["VpcEndpointId"]
    shown = lambda: ec2.describe_vpc_endpoints(Filters=[{"Name": "vpc-endpoint-id", "Values": [endpoint]}])["VpcEndpoints"]  # noqa: E731
    lab.until("the request for acceptance", lambda: [e["State"] for e in shown()] == ["pendingAcceptance"])
    expect("names before the acceptance", [], shown()[0]["DnsEntries"])
    expect("who asks the service", [(endpoint, "pendingAcceptance")], [
        (c["VpcEndpointId"], c["VpcEndpointState"]) for c in ec2.describe_vpc_endpoint_connections(Filters=which)["VpcEndpointConnections"]])
    both = {"ServiceId": service["ServiceId"], "VpcEndpointIds": [endpoint]}
    expect("what was not accepted", [], ec2.accept_vpc_endpoint_connections(**both)["Unsuccessful"])
    expect("what was not accepted again", [(endpoint, "InvalidState")], [
        (u["ResourceId"], u["Error"]["Code"]) for u in ec2.accept_vpc_endpoint_connections(**both)["Unsuccessful"]])
    lab.until("the endpoint", lambda: [e["State"] for e in shown()] == ["available"])
    names = [d["DnsName"] for d in shown()[0]["DnsEntries"]]
    if len(names) != 2 or not all(n.startswith(endpoint) for n in names) or zone not in names[1]:
        raise AssertionError(f"an endpoint should have a name for the region and one for its zone, not {names}")
    cards = ec2.describe_network_interfaces(Filters=[{"Name": "description", "Values": [f"VPC Endpoint Interface {endpoint}"]}])["NetworkInterfaces"]
    expect("its interfaces", [(subnet_b, "vpc_endpoint", True)], [(c["SubnetId"], c["InterfaceType"], c["RequesterManaged"]) for c in cards])

    withdraw = lambda: [u["Error"]["Code"] for u in ec2.delete_vpc_endpoint_service_configurations(  # noqa: E731
        ServiceIds=[service["ServiceId"]])["Unsuccessful"]]
    expect("the end of a service with an endpoint", ["ExistingVpcEndpointConnections"], withdraw())
    expect("what was not deleted", [], ec2.delete_vpc_endpoints(VpcEndpointIds=[endpoint])["Unsuccessful"])
    lab.until("the end of the endpoint", lambda: [e["State"] for e in shown()] in ([], ["deleted"]))
    lab.until("the end of the service, taken", lambda: withdraw() == [])
    lab.until("the end of the service", lambda: offered() == [])
    elb.delete_listener(ListenerArn=listener)
    elb.deregister_targets(**target)
    elb.delete_load_balancer(LoadBalancerArn=balancer)
    lab.wait("load_balancers_deleted", elb, LoadBalancerArns=[balancer])
    elb.delete_load_balancer(LoadBalancerArn=balancer)  # AWS says yes to that
    lab.soon(elb.delete_target_group, "ResourceInUse", TargetGroupArn=targets)
    ec2.terminate_instances(InstanceIds=[instance])
    lab.wait("instance_terminated", InstanceIds=[instance])
    for g in (group, shield, door):  # the first names the second
        lab.soon(ec2.delete_security_group, "DependencyViolation", GroupId=g)
    for vpc, subnet in sites:
        lab.soon(ec2.delete_subnet, "DependencyViolation", SubnetId=subnet)
        lab.soon(ec2.delete_vpc, "DependencyViolation", VpcId=vpc)
        lab.until("the end of a VPC", lambda: gone(ec2.describe_vpcs, VpcIds=[vpc]))  # noqa: B023
    expect("what the world holds at the end", [], page(lab, "world")["objects"])


def gone(call, **args):
    try:
        call(**args)
    except botocore.exceptions.ClientError as e:
        expect("the error of what is gone", "InvalidVpcID.NotFound", e.response["Error"]["Code"])
        return True
    return False


@story
def errors_as_aws_writes_them(lab):
    ec2 = lab.ec2
    message = refused("a VPC that is not there", "InvalidVpcID.NotFound", 400, ec2.describe_vpcs, VpcIds=["vpc-0123456789abcdef0"])
    if "vpc-0123456789abcdef0" not in message:
        raise AssertionError(f"the message should name the VPC: {message}")
    refused("an ID that can be none", "InvalidVpcID.Malformed", 400, ec2.describe_vpcs, VpcIds=["vpc-x"])
    refused("a filter that is not there", "InvalidParameterValue", 400, ec2.describe_vpcs, Filters=[{"Name": "moon", "Values": ["x"]}])
    refused("a dry run", "DryRunOperation", 412, ec2.create_vpc, CidrBlock="10.0.0.0/16", DryRun=True)
    refused("a dry look", "DryRunOperation", 412, ec2.describe_vpcs, DryRun=True)
    expect("VPCs after a dry run", ["172.31.0.0/16"], [v["CidrBlock"] for v in ec2.describe_vpcs()["Vpcs"]])
    message = refused("an action that it lacks", "InvalidAction", 400, ec2.describe_volumes)
    if "DescribeVolumes" not in message:
        raise AssertionError(f"the message should name the action: {message}")
    refused("a role that is none", "ValidationError", 400, lab.client("sts").assume_role, RoleArn="arn:aws:iam::1:role/x", RoleSessionName="lab")


@story
def lists_and_pages(lab):
    ec2 = lab.ec2
    nowhere = [{"Name": "vpc-id", "Values": ["vpc-0123456789abcdef0"]}]
    expect("subnets of no VPC", [], ec2.describe_subnets(Filters=nowhere)["Subnets"])
    expect("instances of no VPC", [], ec2.describe_instances(Filters=nowhere)["Reservations"])
    expect("transit gateways of an account without", [], lab.client("ec2", key="111122223333").describe_transit_gateways()["TransitGateways"])
    gates = ec2.describe_internet_gateways()["InternetGateways"]
    expect("internet gateways: the default VPC's", 1, len(gates))
    lab.wait("internet_gateway_exists", InternetGatewayIds=[gates[0]["InternetGatewayId"]])
    made = {ec2.create_vpc(CidrBlock=f"10.{i}.0.0/16")["Vpc"]["VpcId"] for i in range(11)}
    lab.until("11 VPCs", lambda: made <= {v["VpcId"] for v in ec2.describe_vpcs()["Vpcs"]})
    pages = list(ec2.get_paginator("describe_vpcs").paginate(PaginationConfig={"PageSize": 5}))
    expect("the pages of 12 VPCs", [5, 5, 2], [len(p["Vpcs"]) for p in pages])
    expect("each VPC on one page", made, {v["VpcId"] for p in pages for v in p["Vpcs"] if not v["IsDefault"]})
    refused("a page too big", "InvalidParameterValue", 400, ec2.describe_vpcs, MaxResults=1001)
    refused("a token of another's", "InvalidNextToken", 400, ec2.describe_vpcs, NextToken="x", MaxResults=5)
    for vpc in made:
        ec2.delete_vpc(VpcId=vpc)


@story
def accounts_regions_and_roles(lab):
    sts = lab.client("sts")
    expect("the account of any key", "000000000000", sts.get_caller_identity()["Account"])
    expect("the account of a key of 12 digits", "123456789012", lab.client("sts", key="123456789012").get_caller_identity()["Account"])
    got = sts.assume_role(RoleArn=ROLE, RoleSessionName="lab", DurationSeconds=900)
    left = got["Credentials"]["Expiration"] - datetime.datetime.now(datetime.timezone.utc)
    if not datetime.timedelta(minutes=14) < left <= datetime.timedelta(minutes=15):
        raise AssertionError(f"the credentials should hold for 15 minutes, and hold for {left}")
    keys = {"key": got["Credentials"]["AccessKeyId"], "secret": got["Credentials"]["SecretAccessKey"], "token": got["Credentials"]["SessionToken"]}
    expect("who the role is", "arn:aws:sts::210987654321:assumed-role/teacher/lab", lab.client("sts", **keys).get_caller_identity()["Arn"])
    other = lab.client("ec2", region="us-east-1", **keys)
    vpc = other.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]
    expect("whose the VPC is", "210987654321", vpc["OwnerId"])
    expect("zones there", ["us-east-1a", "us-east-1b", "us-east-1c"],
           sorted(z["ZoneName"] for z in other.describe_availability_zones()["AvailabilityZones"]))
    refused("the other account's VPC", "InvalidVpcID.NotFound", 400, lab.ec2.describe_vpcs, VpcIds=[vpc["VpcId"]])
    lab.soon(other.delete_vpc, "InvalidVpcID.NotFound", VpcId=vpc["VpcId"])


# What the CLI can list by the stack's tag, whatever the pattern, and what each pattern has beside that.
EVERY_PATTERN = [
    ("vpc", "describe-vpcs", "Vpcs[].VpcId"),
    ("subnet", "describe-subnets", "Subnets[].SubnetId"),
    ("route-table", "describe-route-tables", "RouteTables[].RouteTableId"),
    ("security-group", "describe-security-groups", "SecurityGroups[].GroupId"),
    ("instance", "describe-instances", "Reservations[].Instances[].InstanceId"),
]
OF_PATTERN = {
    "tgw": [("transit-gateway", "describe-transit-gateways", "TransitGateways[].TransitGatewayId")],
    "igw": [("internet-gateway", "describe-internet-gateways", "InternetGateways[].InternetGatewayId")],
    "peering": [("vpc-peering", "describe-vpc-peering-connections", "VpcPeeringConnections[].VpcPeeringConnectionId")],
    "privatelink": [
        ("endpoint-service", "describe-vpc-endpoint-service-configurations", "ServiceConfigurations[].ServiceId"),
        ("vpc-endpoint", "describe-vpc-endpoints", "VpcEndpoints[].VpcEndpointId"),
    ],
}


@story
def the_cli_lists_what_up_made(lab):
    for pattern, own in OF_PATTERN.items():
        lab.vpclink("up", pattern, "--vpcs", "red,blue", "--target", "sim", "--progress", "quiet")
        resources = json.loads(lab.vpclink("status", "--stack", pattern, "-o", "json"))["resources"]
        ids = {r["kind"]: set() for r in resources}
        for r in resources:
            ids[r["kind"]].add(r["id"])
        ours = ["--filters", f"Name=tag:vpclink:stack,Values={pattern}"]
        for kind, call, query in EVERY_PATTERN + own:
            expect(f"{call} of {pattern} by the CLI", ids[kind], set(lab.aws("ec2", call, *ours, "--query", query)))
        if pattern == "tgw":
            expect("attachments by the CLI", ids["tgw-attachment"], set(lab.aws(
                "ec2", "describe-transit-gateway-vpc-attachments", "--query", "TransitGatewayVpcAttachments[].TransitGatewayAttachmentId")))
        if pattern == "igw":
            gates = lab.aws("ec2", "describe-internet-gateways", *ours, "--query", "InternetGateways[].[InternetGatewayId,Attachments[0].VpcId]")
            expect("attached gateways by the CLI", ids["internet-gateway-attachment"], {"|".join(g) for g in gates})
        if pattern == "privatelink":
            balancers = lab.aws("elbv2", "describe-load-balancers", "--query", "LoadBalancers[].LoadBalancerArn")
            groups = lab.aws("elbv2", "describe-target-groups", "--query", "TargetGroups[].TargetGroupArn")
            expect("load balancers and target groups by the CLI", (ids["nlb"], ids["target-group"]), (set(balancers), set(groups)))
            listeners = lab.aws("elbv2", "describe-listeners", "--load-balancer-arn", *balancers, "--query", "Listeners[].ListenerArn")
            expect("listeners by the CLI", ids["listener"], set(listeners))
            health = lab.aws("elbv2", "describe-target-health", "--target-group-arn", *groups, "--query",
                             "TargetHealthDescriptions[].[Target.Id,Target.Port,TargetHealth.State]")
            expect("targets by the CLI", {i.removeprefix(groups[0] + "|") + "|healthy" for i in ids["target"]},
                   {"|".join(map(str, h)) for h in health})
            stacks = lab.aws("elbv2", "describe-tags", "--resource-arns", *balancers, *groups, *listeners, "--query",
                             "TagDescriptions[].Tags[?Key=='vpclink:stack'].Value[]")
            expect("their stack by the CLI", ["privatelink"] * 3, stacks)
        pages = lab.aws("ec2", "describe-route-tables", "--page-size", "5", "--query", "RouteTables[].RouteTableId")
        if not ids["route-table"] <= set(pages):
            raise AssertionError(f"the CLI's pages should hold our tables, and hold {pages}")
        lab.vpclink("down", "--stack", pattern, "--yes", "--progress", "quiet")
        expect(f"VPCs of {pattern} by the CLI after down", [], lab.aws("ec2", "describe-vpcs", *ours, "--query", "Vpcs[].VpcId"))


def page(lab, name):
    import urllib.request
    with urllib.request.urlopen(f"{lab.endpoint}/_sim/{name}") as answer:
        return json.load(answer)


def world_time(lab):
    return datetime.datetime.fromisoformat(page(lab, "health")["time"][:19] + "+00:00")


@contextlib.contextmanager
def served(program, folder):
    """A simulator of its own on a free port."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "VPCLINK_"))}
    environ.update(VPCLINK_STATE_DIR=str(folder), HOME=str(folder), AWS_EC2_METADATA_DISABLED="true")
    server = subprocess.Popen([program, "sim", "serve", "--listen", "127.0.0.1:0", "-o", "json"],
                              env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield Lab(program, json.loads(server.stdout.readline())["endpoint"], environ)
    finally:
        server.terminate()
        _, said = server.communicate(timeout=30)
    expect("how the server ended", 0, server.returncode)
    if "panic" in said:
        raise AssertionError(f"the server said:\n{said}")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    program = pathlib.Path(sys.argv[1]).resolve()
    for test in STORIES:
        begun = time.monotonic()
        with tempfile.TemporaryDirectory() as folder, served(program, folder) as lab:
            test(lab)
        print(f"ok  {test.__name__}  {time.monotonic() - begun:.1f} s")


if __name__ == "__main__":
    main()
