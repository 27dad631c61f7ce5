package aws

import (
	"strings"
	"time"
)

// LambdaRuntimesAsOf is the day on which the table of runtimes was read from
// AWS's documentation. AWS has postponed such dates before: what its API answers
// counts.
var LambdaRuntimesAsOf = day("2026-07-31")

// LambdaRuntime is a runtime and the days on which it is phased out. A zero day
// is one that AWS has not named.
type LambdaRuntime struct {
	Name          Runtime
	Label         string    // as the console shows it, "Python 3.13"
	Deprecation   time.Time // no longer in the console's list, no security patches
	CreateBlocked time.Time // no new functions with it
	UpdateBlocked time.Time // no changes of functions with it
}

// LambdaRuntimes lists the runtimes that Lambda knows, grouped by language,
// newest first.
func LambdaRuntimes() []LambdaRuntime {
	return []LambdaRuntime{
		lambdaRuntime("nodejs24.x", "Node.js 24.x", "2028-04-30", "2028-06-01", "2028-07-01"),
		lambdaRuntime("nodejs22.x", "Node.js 22.x", "2027-04-30", "2027-06-01", "2027-07-01"),
		lambdaRuntime("nodejs20.x", "Node.js 20.x", "2026-04-30", "2027-02-01", "2027-03-03"),
		lambdaRuntime("nodejs18.x", "Node.js 18.x", "2025-09-01", "2027-02-01", "2027-03-03"),
		lambdaRuntime("nodejs16.x", "Node.js 16.x", "2024-06-12", "2027-02-01", "2027-03-03"),
		lambdaRuntime("nodejs14.x", "Node.js 14.x", "2023-12-04", "2024-01-09", "2027-03-03"),
		lambdaRuntime("nodejs12.x", "Node.js 12.x", "2023-03-31", "2023-03-31", "2023-04-30"),
		lambdaRuntime("python3.14", "Python 3.14", "2029-06-30", "2029-07-31", "2029-08-31"),
		lambdaRuntime("python3.13", "Python 3.13", "2029-06-30", "2029-07-31", "2029-08-31"),
		lambdaRuntime("python3.12", "Python 3.12", "2028-10-31", "2028-11-30", "2029-01-10"),
		lambdaRuntime("python3.11", "Python 3.11", "2027-06-30", "2027-07-31", "2027-08-31"),
		lambdaRuntime("python3.10", "Python 3.10", "2026-10-31", "2027-02-01", "2027-03-03"),
		lambdaRuntime("python3.9", "Python 3.9", "2025-12-15", "2027-02-01", "2027-03-03"),
		lambdaRuntime("python3.8", "Python 3.8", "2024-10-14", "2027-02-01", "2027-03-03"),
		lambdaRuntime("python3.7", "Python 3.7", "2023-12-04", "2024-01-09", "2027-03-03"),
		lambdaRuntime("java25", "Java 25", "2029-06-30", "", ""),
		lambdaRuntime("java21", "Java 21", "2029-06-30", "", ""),
		lambdaRuntime("java17", "Java 17", "2027-06-30", "2027-07-31", "2027-08-31"),
		lambdaRuntime("java11", "Java 11", "2027-06-30", "2027-07-31", "2027-08-31"),
		lambdaRuntime("java8.al2", "Java 8 on Amazon Linux 2", "2027-06-30", "2027-07-31", "2027-08-31"),
		lambdaRuntime("java8", "Java 8", "2024-01-08", "2024-02-08", "2024-02-08"),
		lambdaRuntime("dotnet10", ".NET 10 (C#/F#/PowerShell)", "2028-11-14", "", ""),
		lambdaRuntime("dotnet8", ".NET 8 (C#/F#/PowerShell)", "2026-11-10", "2027-02-01", "2027-03-03"),
		lambdaRuntime("ruby4.0", "Ruby 4.0", "2029-03-31", "", ""),
		lambdaRuntime("ruby3.4", "Ruby 3.4", "2028-03-31", "", ""),
		lambdaRuntime("ruby3.3", "Ruby 3.3", "2027-03-31", "", ""),
		lambdaRuntime("ruby3.2", "Ruby 3.2", "2026-03-31", "2027-02-01", ""),
		lambdaRuntime("provided.al2023", "Amazon Linux 2023", "2029-06-30", "", ""),
		lambdaRuntime("provided.al2", "Amazon Linux 2", "2026-07-31", "2027-02-01", ""),
		lambdaRuntime("provided", "Amazon Linux", "2024-01-08", "2024-02-08", "2024-02-08"),
		lambdaRuntime("go1.x", "Go 1.x", "2024-01-08", "2024-02-08", "2024-02-08"),
	}
}

// LambdaRuntimeNamed finds a runtime of the table.
func LambdaRuntimeNamed(name Runtime) (LambdaRuntime, bool) {
	for _, r := range LambdaRuntimes() {
		if r.Name == name {
			return r, true
		}
	}
	return LambdaRuntime{}, false
}

// Deprecated reports whether the runtime is past its deprecation: functions may
// still be made with it until they are blocked, but the console hides it.
func (r LambdaRuntime) Deprecated(now time.Time) bool { return past(r.Deprecation, now) }

// Shown reports whether the console lists the runtime for a new function.
func (r LambdaRuntime) Shown(now time.Time) bool { return !r.Deprecated(now) }

// BlocksCreate reports whether no new function may have the runtime.
func (r LambdaRuntime) BlocksCreate(now time.Time) bool { return past(r.CreateBlocked, now) }

// BlocksUpdate reports whether functions with the runtime can't be changed.
func (r LambdaRuntime) BlocksUpdate(now time.Time) bool { return past(r.UpdateBlocked, now) }

// Language is the runtime's family: "nodejs", "python", "java", "dotnet", "ruby",
// "go" or "provided".
func (r Runtime) Language() string {
	name, _, _ := strings.Cut(string(r), ".")
	return strings.TrimRight(name, "0123456789")
}

func lambdaRuntime(name Runtime, label, deprecation, create, update string) LambdaRuntime {
	return LambdaRuntime{name, label, day(deprecation), day(create), day(update)}
}

// day reads a day of the table; none is the zero time.
func day(text string) time.Time {
	t, _ := time.Parse(time.DateOnly, text)
	return t
}

func past(day, now time.Time) bool { return !day.IsZero() && !now.Before(day) }
