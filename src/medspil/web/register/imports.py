"""Bring a file in: hand it over, say what its columns are, look at the comparison, apply it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from medspil.organisations.roles import Ability
from medspil.register import services, tasks
from medspil.register.models import ImportRun
from medspil.register.reading import asks_columns
from medspil.web.forms import add_domain_error
from medspil.web.http import SignedInRequest, fragment
from medspil.web.register import import_page
from medspil.web.register.access import require
from medspil.web.register.forms import ApplyForm, ColumnsForm, UploadForm

PAGE = ["GET", "HEAD", "POST"]


@require_safe
def list_(request: SignedInRequest) -> HttpResponse:
    """Show the imports, newest first."""
    require(request, Ability.IMPORT_REGISTER)
    runs = ImportRun.objects.visible_to(request.user).for_list()
    page = Paginator(runs, 20).get_page(request.GET.get("page"))
    return render(request, "register/imports.html", {"page": page, "table": import_page.run_table(page.object_list)})


@require_http_methods(PAGE)
def upload(request: SignedInRequest) -> HttpResponse:
    """Hand a file in."""
    require(request, Ability.IMPORT_REGISTER)
    form = UploadForm(request.POST or None, request.FILES or None, initial=import_page.last_source(request.user))
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        files = [(file.name, file) for file in told.pop("file")]
        try:
            run = services.receive_files(
                files=files,
                by_name=str(request.user),
                now=timezone.now(),
                limit_bytes=form.limit_bytes(),
                **told,
            )
        except (services.ImportTroubled, services.UnreadableFile) as trouble:
            add_domain_error(form, trouble, "file")
        else:
            if asks_columns(run.layout["kind"]):
                return redirect("register:columns", pk=run.pk)
            return _compare(run)
    return render(request, "register/upload.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(PAGE)
def columns(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say which column of the file is what; a change of how it is read shows the page again."""
    run = _run(request, pk)
    if not asks_columns(run.layout["kind"]):  # its columns are known
        return redirect("register:import", pk=pk)
    form = ColumnsForm(request.POST or None, run=run)
    if request.method == "POST" and form.is_valid():
        header = run.layout["header"]
        try:
            services.choose_columns(run=run, columns=form.chosen_columns(), settings=form.chosen_settings())
            if form.cleaned_data["save_as"]:
                services.save_mapping(run=run, name=form.cleaned_data["save_as"], now=timezone.now())
        except (services.ImportTroubled, services.UnreadableFile) as trouble:
            add_domain_error(form, trouble)
        else:
            if run.layout["header"] != header:
                messages.info(request, _("The file was read anew. Look at the columns again."))
                return redirect("register:columns", pk=pk)
            return _compare(run)
    context = import_page.columns_context(run, form)
    return render(request, "register/columns.html", context, status=422 if form.errors else 200)


@require_safe
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show how far an import is: under way, compared, applied, or stopped and why."""
    run = _run(request, pk)
    context = import_page.context(run, now=timezone.now())
    return render(request, fragment(request, "register/import.html", "body"), context)


@require_POST
def compare(request: SignedInRequest, pk: int) -> HttpResponse:
    """Compare the file with the register, again or for the first time."""
    return _compare(_run(request, pk))


@require_POST
def apply(request: SignedInRequest, pk: int) -> HttpResponse:
    """Bring the compared file into the register."""
    run = _run(request, pk)
    form = ApplyForm(request.POST)
    form.is_valid()
    try:
        accept_gone = form.cleaned_data["accept_gone"]
        tasks.start_applying(run=run, by=request.user, accept_gone=accept_gone, language=get_language() or "da")
    except services.TooManyGone as trouble:
        messages.error(request, str(trouble))
    return redirect("register:import", pk=pk)


@require_POST
def discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Throw an import away that was never applied."""
    run = _run(request, pk)
    try:
        services.discard(run=run, clock=timezone.now)
    except services.ImportBusy as trouble:
        messages.error(request, str(trouble))
        return redirect("register:import", pk=pk)
    messages.success(request, _("The import was discarded. The register is as it was."))
    return redirect("register:imports")


@require_safe
def rejected(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Give the rejected rows as CSV: reason first, then the row as it stood in the file."""
    run = _run(request, pk)
    if not run.rejected_file:
        raise Http404
    what = _("rejected")
    name = f"{what}-{run.source_date:%Y-%m-%d}-{run.pk}.csv"
    return FileResponse(run.rejected_file.open(), as_attachment=True, filename=name, content_type="text/csv")


def _compare(run: ImportRun) -> HttpResponse:
    tasks.start_comparing(run=run, language=get_language() or "da")
    return redirect("register:import", pk=run.pk)


def _run(request: SignedInRequest, pk: int) -> ImportRun:
    require(request, Ability.IMPORT_REGISTER)
    return get_object_or_404(ImportRun.objects.visible_to(request.user), pk=pk)
