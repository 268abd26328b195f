package main

import (
	"fmt"
	"sort"
)

// Pairs that cannot both be true, in words: what somebody looks for first when a history is refused.
func conflicts(operations []operation) (problems []string) {
	answered := []operation{}
	floors := map[string]operation{}
	for _, one := range operations {
		if one.Kind == copied || one.Answer == "" {
			continue
		}
		answered = append(answered, one)
		if one.Floor == nil {
			continue
		}
		key := fmt.Sprint(one.Meeting, " ", one.Version)
		if other, known := floors[key]; known && !same(other.Floor, one.Floor) {
			problems = append(problems, fmt.Sprintf("version %d is two things: %s, and %s", one.Version, text(other.Floor), text(one.Floor)))
		}
		floors[key] = one
	}
	sort.SliceStable(answered, func(a, b int) bool { return answered[a].Begin < answered[b].Begin })
	ended := append([]operation{}, answered...)
	sort.SliceStable(ended, func(a, b int) bool { return ended[a].End < ended[b].End })
	newest := map[string]operation{}
	for _, one := range answered {
		for len(ended) > 0 && ended[0].End < one.Begin {
			if newest[ended[0].Meeting].Version < ended[0].Version {
				newest[ended[0].Meeting] = ended[0]
			}
			ended = ended[1:]
		}
		if before := newest[one.Meeting]; one.Floor != nil && one.Version < before.Version {
			problems = append(problems, fmt.Sprintf("gone back: %s, after %s", describe(one), describe(before)))
		}
	}
	taken := map[string]operation{}
	for _, one := range answered {
		if one.Kind != command || one.Answer != accepted {
			continue
		}
		key := fmt.Sprint(one.Meeting, " ", one.Expected)
		if other, known := taken[key]; known {
			problems = append(problems, fmt.Sprintf("both taken: %s, and %s", describe(other), describe(one)))
		}
		taken[key] = one
	}
	return problems
}

// A copy may be late. But it never runs back, it shows a floor that was, and it never shows one that is not kept: whoever
// asks after it has been shown reads that version or a later one.
func badCopies(operations, copies []operation) (problems []string) {
	floors := map[string]*floor{}
	for _, one := range operations {
		if one.Kind != copied && one.Floor != nil {
			floors[fmt.Sprint(one.Meeting, " ", one.Version)] = one.Floor
		}
	}
	sort.SliceStable(copies, func(a, b int) bool { return copies[a].End < copies[b].End })
	last := map[string]operation{}
	for _, one := range copies {
		if known := floors[fmt.Sprint(one.Meeting, " ", one.Version)]; known != nil && !same(known, one.Floor) {
			problems = append(problems, fmt.Sprintf("%s shows at version %d %s, where it was %s", one.Who, one.Version, text(one.Floor), text(known)))
		}
		before, seen := last[one.Who+" "+one.Meeting]
		if seen && one.Version < before.Version {
			problems = append(problems, fmt.Sprintf("%s runs back from version %d to %d", one.Who, before.Version, one.Version))
		}
		last[one.Who+" "+one.Meeting] = one
		for _, asked := range operations {
			if asked.Kind == reading && asked.Meeting == one.Meeting && asked.Answer != "" && asked.Begin > one.End && asked.Version < one.Version {
				problems = append(problems, fmt.Sprintf("%s shows version %d, which is not kept: %s", one.Who, one.Version, describe(asked)))
				break
			}
		}
	}
	return problems
}
