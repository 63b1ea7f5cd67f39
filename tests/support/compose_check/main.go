// Reads a Compose file as Docker Compose does, by its own parser. In: the file, and the environment.
// Out: the project as JSON, with every variable filled in; where the file is refused, the reason, and exit code 1.
package main

import (
	"fmt"
	"os"

	"github.com/compose-spec/compose-go/cli"
)

func main() {
	text, err := project()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(string(text))
}

func project() ([]byte, error) {
	options, err := cli.NewProjectOptions([]string{"-"}, cli.WithOsEnv)
	if err != nil {
		return nil, err
	}
	read, err := cli.ProjectFromOptions(options)
	if err != nil {
		return nil, err
	}
	return read.MarshalJSON()
}
