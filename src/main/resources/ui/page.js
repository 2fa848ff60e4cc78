// What the page does beyond htmx. Without it, everything can still be read and sent.
htmx.createEventSource = (url) => {
	const source = new EventSource(url);
	// a page that is left is no error
	["beforeunload", "pagehide"].forEach((end) => addEventListener(end, () => source.close()));
	return source;
};

(() => {
	const text = document.getElementById("document");
	if (!text) {
		return;
	}
	const file = document.getElementById("file");
	file.closest("label").hidden = false;

	const take = async (chosen) => {
		if (chosen) {
			text.value = await chosen.text();
			text.dispatchEvent(new Event("dropped"));
		}
	};
	file.addEventListener("change", () => take(file.files[0]));
	text.addEventListener("dragover", (event) => event.preventDefault());
	text.addEventListener("drop", (event) => {
		if (event.dataTransfer.files.length > 0) {
			event.preventDefault();
			take(event.dataTransfer.files[0]);
		}
	});

	// a finding leads to its line
	document.addEventListener("click", (event) => {
		const link = event.target.closest("[data-line]");
		if (!link) {
			return;
		}
		event.preventDefault();
		const lines = text.value.split("\n");
		const line = Math.min(Number(link.dataset.line), lines.length);
		const begin = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
		text.focus();
		text.setSelectionRange(begin, begin + lines[line - 1].length);
		text.scrollTop = Math.max(0, (line - 4) * parseFloat(getComputedStyle(text).lineHeight));
	});
})();
