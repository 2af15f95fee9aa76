// Command metrics-server is upstream's own, which ends when its standard input closes, as all servers of the test
// bed do. It is a module by itself so that only those who ask for metrics wait for it to be compiled.
package main

import (
	"io"
	"os"

	genericapiserver "k8s.io/apiserver/pkg/server"
	"k8s.io/component-base/cli"
	"sigs.k8s.io/metrics-server/cmd/metrics-server/app"
)

func main() {
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	os.Exit(cli.Run(app.NewMetricsServerCommand(genericapiserver.SetupSignalHandler())))
}
