package provision

import "vpclink/steps"

// The operating systems of the instances.
const (
	OSWindows = "windows"
	OSLinux   = "linux"
)

// SystemOf tells the operating system of an instance that up starts: only Linux is given user data.
func SystemOf(i steps.Instance) string {
	if i.UserData != "" {
		return OSLinux
	}
	return OSWindows
}

// systems says what an instance of each operating system is, unless flags say otherwise. EC2 itself resolves the
// public parameters behind resolve:ssm: (aws-facts §2.7). Windows answers RDP by itself; Linux needs a listener.
var systems = map[string]struct{ image, instanceType, userData string }{
	OSWindows: {
		image:        "resolve:ssm:/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base",
		instanceType: "t3.medium",
	},
	OSLinux: {
		image:        "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
		instanceType: "t3.micro",
		userData: `#!/bin/bash
cat >/etc/systemd/system/listen3389.service <<'UNIT'
[Unit]
Description=Answers on TCP 3389 with the host's name
After=network.target
[Service]
ExecStart=/usr/bin/python3 -c "import socket,socketserver as s; s.ThreadingTCPServer(('',3389),type('H',(s.BaseRequestHandler,),{'handle':lambda h:h.request.sendall(socket.gethostname().encode())})).serve_forever()"
Restart=always
DynamicUser=yes
[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable --now listen3389
`,
	},
}
