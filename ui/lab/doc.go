// Package lab is the guide: labs that are read beside the console, whose steps
// are checked from the real state of the Cloud and from the calls made. It keeps
// the progress on disk, writes down what a lab creates so that ending the lab
// deletes just that, makes in an AWS account what a sandbox has ready-made, and
// proves labs by playing their own solutions.
package lab
