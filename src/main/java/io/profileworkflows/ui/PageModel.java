package io.profileworkflows.ui;

import io.profileworkflows.security.Caller;

import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * What every template knows.
 */
@ControllerAdvice(basePackageClasses = PageModel.class)
class PageModel {

	private final Words words;

	PageModel(Words words) {
		this.words = words;
	}

	@ModelAttribute("words")
	Words words() {
		return words;
	}

	@ModelAttribute
	void addMarks(Model model) {
		model.addAttribute("person", Mark.PERSON).addAttribute("done", Mark.DONE).addAttribute("failed", Mark.FAILED);
	}

	@ModelAttribute("viewer")
	Viewer viewer() {
		return new Viewer(Caller.current());
	}

}
