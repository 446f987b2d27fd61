// The same paper as Pressroom's, by Eleventy: see docs/performance.md.
import markdownIt from "markdown-it";

const SITE = { title: "The Bench Courier", url: "https://courier.example" };
const PER_PAGE = 20;
const MONTHS = "January February March April May June July August September October November December".split(" ");
const capital = (text) => text[0].toUpperCase() + text.slice(1);
const slugOf = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
const monthName = (id) => `${MONTHS[Number(id.slice(5)) - 1]} ${id.slice(0, 4)}`;

// name → stories, newest first.
const grouped = (stories, namesOf) => {
  const groups = new Map();
  for (const story of stories)
    for (const name of namesOf(story)) {
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(story);
    }
  return new Map([...groups].sort(([one], [other]) => (one < other ? -1 : 1)));
};

// Earlier stories with topics in common, most first; of each topic the newest 30. groups: by topic, newest first.
const relate = (stories, groups) => {
  const place = new Map(stories.map((story, at) => [story, at]));
  const seen = new Map();
  for (const [topic, group] of groups) seen.set(topic, new Map(group.map((story, at) => [story, at])));
  for (const story of stories) {
    const weights = new Map();
    for (const topic of story.data.topics) {
      const group = groups.get(topic);
      const at = seen.get(topic).get(story) + 1;
      const weight = 1 / Math.sqrt(Math.max(1, group.length - at));
      for (const other of group.slice(at, at + 30)) weights.set(other, (weights.get(other) || 0) + weight);
    }
    story.data.related = [...weights]
      .sort((one, other) => other[1] - one[1] || place.get(one[0]) - place.get(other[0]))
      .slice(0, 4)
      .map(([other]) => other);
  }
};

// The pages of each group's listing.
const paged = (groups, baseOf, nameOf = (name) => name) =>
  [...groups].flatMap(([name, stories]) => {
    const count = Math.ceil(stories.length / PER_PAGE);
    const base = baseOf(name);
    const url = (number) => (number === 1 ? base : `${base}page/${number}/`);
    return Array.from({ length: count }, (_, at) => ({
      name: nameOf(name),
      stories: stories.slice(at * PER_PAGE, (at + 1) * PER_PAGE),
      url: url(at + 1),
      newer: at > 0 ? url(at) : "",
      older: at + 1 < count ? url(at + 2) : "",
    }));
  });

const index = (name, url, groups, urlOf, nameOf = (id) => id) => ({
  name,
  url,
  periods: [...groups].map(([id, stories]) => ({ name: nameOf(id), url: urlOf(id), count: stories.length })),
});

const arrange = (files) => {
  const stories = [...files].sort((one, other) => other.date - one.date);
  const desks = grouped(stories, (story) => [story.data.desk]);
  for (const group of desks.values())
    group.forEach((story, at) => (story.data.earlier = group.slice(at + 1, at + 4)));
  const topics = grouped(stories, (story) => story.data.topics);
  relate(stories, topics);
  const authors = grouped(stories, (story) => story.data.authors);
  const places = grouped(stories, (story) => story.data.places);
  const years = grouped(stories, (story) => story.data.years);
  const months = grouped(stories, (story) => story.data.months);
  const deskUrl = (id) => `/${id}/`;
  const topicUrl = (name) => `/topics/${slugOf(name)}/`;
  const authorUrl = (name) => `/authors/${slugOf(name)}/`;
  const placeUrl = (name) => `/places/${slugOf(name)}/`;
  const yearUrl = (id) => `/${id}/`;
  const monthUrl = (id) => `/${id.replace("-", "/")}/`;
  const top20 = (group) => group.slice(0, 20);
  return {
    stories,
    deskRows: [...desks].map(([id, group]) => ({ name: capital(id), url: deskUrl(id), stories: group.slice(0, 4) })),
    feeds: [
      { name: SITE.title, url: "/", folder: "/feeds/", stories: top20(stories) },
      ...[...desks].map(([id, group]) => ({
        name: capital(id), url: deskUrl(id), folder: `/feeds/${id}/`, stories: top20(group),
      })),
    ],
    listings: [
      ...paged(desks, deskUrl, capital),
      ...paged(topics, topicUrl),
      ...paged(authors, authorUrl),
      ...paged(places, placeUrl),
      ...[...months].map(([id, group]) => ({ name: monthName(id), url: monthUrl(id), stories: group })),
    ],
    indexes: [
      index("Topics", "/topics/", topics, topicUrl),
      index("Authors", "/authors/", authors, authorUrl),
      index("Places", "/places/", places, placeUrl),
      index("Archive", "/archive/", years, yearUrl),
      ...[...years.keys()].map((year) =>
        index(year, yearUrl(year), [...months].filter(([id]) => id.startsWith(year)), monthUrl, monthName),
      ),
    ],
  };
};

export default function (config) {
  const markdown = markdownIt({ html: true, typographer: true });
  config.setLibrary("md", markdown);
  config.addGlobalData("site", SITE);
  config.addPassthroughCopy({ "src/theme": "theme", "src/images": "images" });
  config.addFilter("slugOf", slugOf);
  config.addFilter("capital", capital);
  config.addFilter("inline", (text) => markdown.renderInline(text));
  config.addFilter("iso", (date) => `${date.toISOString().slice(0, 19)}+00:00`);
  config.addFilter("rfc822", (date) => date.toUTCString());
  config.addFilter("day", (date) => `${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}, ${date.getUTCFullYear()}`);
  config.addFilter("first", (list, count) => list.slice(0, count));

  // One arrangement serves all collections of a build.
  let first, arranged;
  const paper = (api) => {
    const files = api.getFilteredByGlob("src/stories/**/*.md");
    if (files[0] !== first || !arranged) [first, arranged] = [files[0], arrange(files)];
    return arranged;
  };
  for (const name of ["stories", "deskRows", "feeds", "listings", "indexes"])
    config.addCollection(name, (api) => paper(api)[name]);
  return { dir: { input: "src", output: "_site" }, markdownTemplateEngine: false, htmlTemplateEngine: "njk" };
}
