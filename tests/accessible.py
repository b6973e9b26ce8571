"""What axe finds wrong with a page, once everything on it has come to rest."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# A panel that is still fading in has half its contrast. An animation without an end (somebody is typing) is not
# waited for. `getAnimations` of a document tells nothing of its shadow trees, so each is asked by itself.
AT_REST = """async () => {
  const trees = [document];
  for (const tree of trees)
    for (const element of tree.querySelectorAll('*')) if (element.shadowRoot) trees.push(element.shadowRoot);
  const ending = trees.flatMap(tree => tree.getAnimations())
    .filter(animation => animation.effect.getComputedTiming().endTime < Infinity);
  await Promise.allSettled(ending.map(animation => animation.finished));
}"""


def faults_of(page: Page) -> list[str]:
    """What axe finds wrong, one line each."""
    page.evaluate(AT_REST)
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {node['target']} {node['failureSummary']}" for fault in found for node in fault["nodes"]]
