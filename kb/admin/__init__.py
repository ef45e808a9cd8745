"""Regulations in the Wagtail admin.

regulations      the viewsets: works, versions, gists, successions, relations
choosers         choosing a regulation or a provision (处罚法33)
provision_search what the choosers find
regulation_upload a file's import report before anything is saved, then the import
citation_queue   citations that no rule could decide
"""
